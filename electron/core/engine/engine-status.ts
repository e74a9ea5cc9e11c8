import type { EngineStatus } from '#shared/contract.ts';
import { toFailure } from '#shared/errors.ts';
import { builderCapabilities, hasBuilderImage, readBuilderSources } from './builder-image.ts';
import { connectEngine } from './connect-engine.ts';
import type { EndpointOptions } from './find-endpoint.ts';

/** Whether builds can run, for showing. Never throws. */
export async function engineStatus(builder: string, options: EndpointOptions = {}): Promise<EngineStatus> {
  try {
    const [engine, sources] = await Promise.all([connectEngine(options), readBuilderSources(builder)]);
    const present = await hasBuilderImage(engine, sources);
    return {
      state: 'ready',
      label: engine.label,
      builderImage: present ? 'present' : 'missing',
      capabilities: builderCapabilities.map(({ name, why }) => ({ name, why })),
    };
  } catch (thrown) {
    return { state: 'unavailable', failure: toFailure(thrown) };
  }
}

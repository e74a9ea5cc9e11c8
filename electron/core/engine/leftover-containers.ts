import type { Engine } from './connect-engine.ts';
import { engineFailure } from './engine-failures.ts';
import { homeLabel, jobLabel, removeContainer } from './run-container.ts';

/**
 * Removes containers of this data folder whose job no process runs any more; answers the ids of their jobs. They are
 * left when the application was killed, since a container lives on without the one who started it.
 */
export async function removeLeftoverContainers(
  engine: Engine,
  home: string,
  isRunning: (job: string) => boolean | Promise<boolean>,
): Promise<string[]> {
  const found = await engine.docker
    .listContainers({ all: true, filters: { label: [`${homeLabel}=${home}`] } })
    .catch((thrown: unknown) => {
      throw engineFailure(thrown, engine.label);
    });
  const removed: string[] = [];
  for (const { Id, Labels } of found) {
    const job = Labels[jobLabel];
    if (job === undefined || (await isRunning(job))) continue;
    await removeContainer(engine.docker.getContainer(Id));
    removed.push(job);
  }
  return removed;
}

import type { Engine } from './connect-engine.ts';
import { runContainer } from './run-container.ts';

/**
 * Empties a folder in which a builder left files of root, which an ordinary account cannot remove. A container can,
 * and it sees nothing but this folder.
 */
export async function emptyFolderThroughEngine(
  engine: Engine,
  image: string,
  folder: string,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  await runContainer(engine, {
    image,
    entrypoint: ['/bin/sh', '-c'],
    command: ['rm -rf /folder/* /folder/.[!.]* /folder/..?*'],
    environment: {},
    mounts: [{ source: folder, target: '/folder' }],
    capabilities: [],
    network: 'none',
    unconfinedAppArmor: false,
    labels,
    // Cleaning up goes on when the build was cancelled.
    signal: AbortSignal.timeout(60_000),
    onLines: () => undefined,
  });
}

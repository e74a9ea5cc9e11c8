import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Called by electron-builder when the folder of an application is complete: the loader for other applications that a
 * runtime may carry has no business in it.
 *
 * @param {{ appOutDir: string, packager: { getResourcesDir(folder: string): string } }} context
 */
export async function afterPack({ appOutDir, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}

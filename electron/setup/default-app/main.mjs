// What the runtime runs when it has no application of its own inside: it loads the folder that the command line names,
// so that `electron FOLDER` works. A release of Electron has such an application; a runtime taken out of another
// product has not.
//
// It is a module that awaits the application's own: Electron holds its `ready` back until its first module has been
// evaluated, and what an application declares before that moment (its protocol) would otherwise come too late.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog } from 'electron';

const require = createRequire(import.meta.url);

/**
 * Splits the arguments as Electron does: modules to load first (`-r MODULE`, used by Playwright), switches of Chromium
 * and Node, then the application's folder, then whatever belongs to the application.
 *
 * @param {readonly string[]} args
 */
function parseArguments(args) {
  const modules = [];
  const rest = [...args];
  while (rest.length > 0) {
    const arg = rest.shift();
    if (arg === '-r' || arg === '--require') modules.push(rest.shift());
    else if (arg === '--version' || arg === '-v') return { modules, version: true };
    else if (!arg.startsWith('-')) return { modules, folder: arg };
  }
  return { modules };
}

async function start() {
  const { modules, folder, version } = parseArguments(process.argv.slice(1));
  if (version) {
    process.stdout.write(`v${process.versions.electron}\n`);
    process.exit(0);
  }
  for (const module of modules) require(resolve(module));
  if (!folder) throw new Error('name the folder of the application: electron FOLDER');
  const root = resolve(folder);
  const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (about.productName || about.name) app.setName(about.productName ?? about.name);
  if (about.version) app.setVersion(about.version);
  app.setDesktopName(about.desktopName ?? `${app.name.toLowerCase()}.desktop`);
  app.setAppPath(root);
  process.defaultApp = true;
  const main = about.main ?? 'index.js';
  await import(pathToFileURL(isAbsolute(main) ? main : join(root, main)).href);
}

await start().catch((error) => {
  process.stderr.write(`${error?.stack ?? error}\n`);
  // A window manager's user sees no terminal; a test must not hang on a modal box.
  if (!process.argv.includes('--remote-debugging-port=0') && app.isReady())
    dialog.showErrorBox('The application did not start', String(error));
  process.exit(1);
});

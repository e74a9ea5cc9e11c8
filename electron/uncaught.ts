import { app, dialog } from 'electron';

// The first import of main: a throw while the others load would open Electron's own modal box, which nobody can
// answer on a headless machine, and would hang every test.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  if (app.isReady() && process.env.SITEFORGE_HEADLESS === undefined) {
    dialog.showErrorBox('Siteforge made a mistake and has to close', error.message);
  }
  app.exit(1);
});

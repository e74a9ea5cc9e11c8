const { app } = require('electron');

// Playwright attaches to a running application. A page that commits its first navigation between “attached” and
// “observed” never tells of it, and the launch waits for ever: two of 370 starts with another window beside. Loaded
// with `-r`, this keeps the application from making its window until Playwright calls the function it calls last.
const ready = app.whenReady();
const attached = new Promise((resolve) => {
  globalThis.__playwright_run = resolve;
});
app.whenReady = () => attached.then(() => ready);

import { isMac, listen } from '../bridge.ts';
import { availableCommands, runCommand } from './commands.ts';
import { fits } from './shortcut.ts';

/**
 * Keys are taken before the editor sees them. Should the menu of main handle one first, its command arrives as a push
 * and the key does not reach the page: a command never runs twice.
 */
export function startCommands(): void {
  const mac = isMac();
  window.addEventListener(
    'keydown',
    (event) => {
      const command = availableCommands().find(
        ({ shortcut, keyMeansIt }) =>
          shortcut !== undefined && fits(shortcut, event, mac) && keyMeansIt?.() !== false,
      );
      if (command === undefined || event.isComposing || isAnswerWanted()) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat || command.id.startsWith('problem.')) command.run();
    },
    { capture: true },
  );
  listen('command', ({ id }) => {
    if (!isAnswerWanted()) runCommand(id);
  });
}

/** A dialog is to be answered first: what lies behind it cannot be seen. One palette may take the place of another. */
function isAnswerWanted(): boolean {
  return (
    document.querySelector('[data-rac]:is([role="dialog"], [role="alertdialog"]):not(.palette)') !== null
  );
}

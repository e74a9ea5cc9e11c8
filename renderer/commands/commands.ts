import { changeLayout } from '../state/layout.ts';
import { useSite } from '../state/site.ts';
import { buildCommands } from './build-commands.ts';
import { caretCommands } from './caret-commands.ts';
import { type Command, shortcut } from './command.ts';
import { documentCommands } from './document-commands.ts';
import { hostCommands } from './host-commands.ts';
import { siteCommands } from './site-commands.ts';
import { viewCommands } from './view-commands.ts';

/** Every command of the window: the palette, the keyboard and the menus of main all run these. */
const commands: readonly Command[] = [
  {
    id: 'palette.show',
    title: 'Show all commands',
    shortcut: shortcut('p', 'control-shift'),
    needsSite: false,
    run: () => changeLayout({ palette: 'commands' }),
  },
  ...documentCommands,
  ...buildCommands,
  ...caretCommands,
  ...viewCommands,
  ...hostCommands,
  ...siteCommands,
];

export function availableCommands(): readonly Command[] {
  const open = useSite.getState().status === 'open';
  return commands.filter(({ needsSite }) => open || !needsSite);
}

export function runCommand(id: string): void {
  availableCommands()
    .find((command) => command.id === id)
    ?.run();
}

export interface Shortcut {
  /** As `KeyboardEvent.key` names it, letters in lower case. */
  readonly key: string;
  /** Control, or Command on a Mac. */
  readonly control: boolean;
  readonly shift: boolean;
}

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export function fits(shortcut: Shortcut, press: KeyPress, mac: boolean): boolean {
  const control = mac ? press.metaKey : press.ctrlKey;
  const foreign = mac ? press.ctrlKey : press.metaKey;
  return (
    shortcut.control === control &&
    !foreign &&
    !press.altKey &&
    shortcut.shift === press.shiftKey &&
    shortcut.key.toLowerCase() === press.key.toLowerCase()
  );
}

const keyNames: Readonly<Record<string, string>> = { PageDown: 'PgDn', PageUp: 'PgUp' };

/** "Ctrl+Shift+P", or "⇧⌘P" on a Mac. */
export function shortcutText({ key, control, shift }: Shortcut, mac: boolean): string {
  const name = keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  if (mac) return `${shift ? '⇧' : ''}${control ? '⌘' : ''}${name}`;
  return `${control ? 'Ctrl+' : ''}${shift ? 'Shift+' : ''}${name}`;
}

import type { Shortcut } from './shortcut.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  /** What others call it: the palette finds it by these too. */
  readonly words?: string;
  readonly shortcut?: Shortcut;
  /** Commands that need an open site are not offered without one. */
  readonly needsSite: boolean;
  /** When its key means this command; elsewhere the key is left to what has the focus. */
  readonly keyMeansIt?: () => boolean;
  readonly run: () => void;
}

export function shortcut(
  key: string,
  modifiers: 'none' | 'control' | 'control-shift' | 'shift' = 'control',
): Shortcut {
  return { key, control: modifiers.startsWith('control'), shift: modifiers.endsWith('shift') };
}

import { expect, it } from 'vitest';
import { fits, shortcutText } from './shortcut.ts';

const save = { key: 's', control: true, shift: false };
const press = { key: 's', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };

it('fits its own keys only', () => {
  expect(fits(save, press, false)).toBe(true);
  expect(fits(save, { ...press, key: 'S', shiftKey: true }, false)).toBe(false);
  expect(fits(save, { ...press, altKey: true }, false)).toBe(false);
  expect(fits(save, { ...press, ctrlKey: false }, false)).toBe(false);
});

it('means Command on a Mac', () => {
  expect(fits(save, { ...press, ctrlKey: false, metaKey: true }, true)).toBe(true);
  expect(fits(save, press, true)).toBe(false);
});

it('is written as the platform writes it', () => {
  expect(shortcutText({ key: 'p', control: true, shift: true }, false)).toBe('Ctrl+Shift+P');
  expect(shortcutText({ key: 'p', control: true, shift: true }, true)).toBe('⇧⌘P');
  expect(shortcutText({ key: 'F8', control: false, shift: true }, false)).toBe('Shift+F8');
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Contrast as WCAG 2.2 defines it (relative luminance, 1.4.3): 4.5:1 for text of our sizes, 3:1 for signs. */
function luminance(hex) {
  const channel = (at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a, b) {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split(':root[data-theme="dark"]');

function colours(block) {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

const surfaces = ['page', 'frame', 'rail', 'hover', 'selected', 'overlay'].map((name) => `surface-${name}`);
const texts = ['text', 'text-muted', 'accent', 'running', 'fine', 'attention', 'failed'];
const codes = ['code-key', 'code-string', 'code-number', 'code-keyword', 'code-comment'];

describe.each([
  ['light', colours(light)],
  ['dark', { ...colours(light), ...colours(dark) }],
])('the %s theme', (_name, tokens) => {
  const ratio = (text, surface) => contrast(tokens[text] ?? '', tokens[surface] ?? '');

  it.each(texts.flatMap((text) => surfaces.map((surface) => [text, surface])))(
    'reads %s on %s',
    (text, surface) => {
      expect(ratio(text, surface)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(codes)('reads %s in the editor and on its current line', (code) => {
    expect(ratio(code, 'surface-page')).toBeGreaterThanOrEqual(4.5);
    expect(ratio(code, 'surface-frame')).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['failed-soft', 'attention-soft'])('reads text on %s', (surface) => {
    for (const text of ['text', 'text-muted', 'accent'])
      expect(ratio(text, surface)).toBeGreaterThanOrEqual(4.5);
  });

  it('reads the primary button and shows the borders of controls', () => {
    expect(ratio('text-on-accent', 'accent')).toBeGreaterThanOrEqual(4.5);
    expect(ratio('text-on-accent', 'accent-hover')).toBeGreaterThanOrEqual(4.5);
    expect(ratio('line-strong', 'surface-page')).toBeGreaterThanOrEqual(3);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsoleLines } from './console-lines.ts';

const escapeCharacter = '\u001b';
const linesOf = (...chunks: (string | Buffer)[]): string[] => {
  const lines = new ConsoleLines();
  return [...chunks.flatMap((chunk) => lines.feed(Buffer.from(chunk))), ...lines.end()];
};

describe('the console', () => {
  it('gives lines without colours, cursor movements and titles', () => {
    const ok = `[${escapeCharacter}[0;32m  OK  ${escapeCharacter}[0m] Started ${escapeCharacter}]0;title\u0007x.\r\n`;
    expect(linesOf(ok)).toEqual(['[  OK  ] Started x.']);
    expect(
      linesOf(
        `${escapeCharacter}c${escapeCharacter}[?7l${escapeCharacter}[2J${escapeCharacter}[0mSeaBIOS (version 1)\r\n`,
      ),
    ).toEqual(['SeaBIOS (version 1)']);
  });

  it('ends a line where the firmware puts the cursor elsewhere', () => {
    expect(linesOf(`one${escapeCharacter}[05;01Htwo`)).toEqual(['one', 'two']);
  });

  it('leaves out empty lines, whatever ends them', () => {
    expect(linesOf('a\r\r\n\n\rb\rc')).toEqual(['a', 'b', 'c']);
  });

  it('gives equal lines however the bytes are cut', () => {
    const whole = Buffer.from(
      `${escapeCharacter}[2J${escapeCharacter}[01;01HGRUB\r\nä☃ ${escapeCharacter}[1mbold${escapeCharacter}[0m\r\n${escapeCharacter}]2;t\u0007end login: `,
    );
    const expected = linesOf(whole);
    expect(expected).toEqual(['GRUB', 'ä☃ bold', 'end login:']);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length)), (cuts) => {
        const places = [0, ...cuts.toSorted((one, other) => one - other), whole.length];
        const chunks = places.slice(1).map((to, at) => whole.subarray(places[at], to));
        expect(linesOf(...chunks)).toEqual(expected);
      }),
    );
  });

  it('shows a prompt before its line ends', () => {
    const lines = new ConsoleLines();
    expect(lines.feed(Buffer.from('Debian\r\ncp-1 login: '))).toEqual(['Debian']);
    expect(lines.partial).toBe('cp-1 login:');
  });

  it('does not keep a line without end', () => {
    const lines = new ConsoleLines();
    let seen = 0;
    for (let at = 0; at < 100; at += 1) {
      for (const line of lines.feed(Buffer.alloc(10_000, 'x'))) {
        expect(line.length).toBeLessThanOrEqual(65_536);
        seen += line.length;
      }
    }
    expect(seen).toBeGreaterThan(900_000);
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (chunks) => {
        for (const line of linesOf(...chunks.map((chunk) => Buffer.from(chunk)))) {
          expect(line).not.toMatch(/[\r\n]/);
          expect(line.includes('\0')).toBe(false);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkCommandLine,
  parseKernelArguments,
  renderKernelArguments,
  splitKernelArguments,
} from './kernel-arguments.ts';

const area = { length: 4096, variable: 'site_kernel_arguments' };
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** GRUB's words and commands in one line, by its manual's quoting rules ("Writing GRUB scripts", quoting). */
function grubCommands(script: string): { words: string[]; expansions: number }[] {
  const commands: { words: string[]; expansions: number }[] = [];
  let words: string[] = [];
  let word: string | undefined;
  let expansions = 0;
  let quote: '"' | "'" | undefined;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) commands.push({ words, expansions });
    words = [];
    expansions = 0;
  };
  for (let at = 0; at < script.length; at += 1) {
    const character = script[at] ?? '';
    const next = script[at + 1] ?? '';
    if (quote === "'") {
      if (character === "'") quote = undefined;
      else word = (word ?? '') + character;
    } else if (quote === '"') {
      if (character === '"') quote = undefined;
      else if (character === '\\' && /["$\\\n]/.test(next)) {
        word = (word ?? '') + next;
        at += 1;
      } else {
        if (character === '$') expansions += 1;
        word = (word ?? '') + character;
      }
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === '#' && word === undefined) {
      while (at + 1 < script.length && script[at + 1] !== '\n') at += 1;
    } else if (character === '\n' || character === ';') endCommand();
    else if (/[ \t]/.test(character)) endWord();
    else {
      if (/[$`{}|&<>()]/.test(character)) expansions += 1;
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) throw new Error('a quote is open at the end');
  endCommand();
  return commands;
}

const anyArgument = fc.oneof(
  fc.stringMatching(/^[ -~]{1,24}$/),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'a"; reboot #',
    '$(x)',
    '$prefix',
    '$' + '{prefix}',
    '\\',
    'a\nb',
    "a'b",
    '`x`',
    'isolcpus=2-7',
    '"',
    '$',
    'ä',
  ),
);

describe('the kernel-arguments area', () => {
  it('is, without arguments, the area as the builder leaves it', () => {
    const text = decode(renderKernelArguments([], area));
    expect(text).toHaveLength(4096);
    expect(text.startsWith(`set site_kernel_arguments=""\n${'#'.repeat(63)}\n`)).toBe(true);
    expect(text.endsWith(`\n${'#'.repeat(35)}`)).toBe(true);
    expect(text.split('\n').every((line) => line.length <= 63)).toBe(true);
  });

  it('has exactly its length whatever the arguments are', () => {
    const length = fc.integer({ min: 64, max: 300 });
    fc.assert(
      fc.property(length, fc.integer({ min: 1, max: 30 }), (bytes, count) => {
        const rendered = renderKernelArguments(['a'.repeat(count)], { ...area, length: bytes });
        expect(rendered).toHaveLength(bytes);
        expect(parseKernelArguments(rendered, { ...area, length: bytes })).toEqual(['a'.repeat(count)]);
      }),
    );
  });

  it('is one command that GRUB reads back as written, or is refused', () => {
    let rendered = 0;
    fc.assert(
      fc.property(fc.array(anyArgument, { maxLength: 6 }), (args) => {
        let bytes: Uint8Array;
        try {
          bytes = renderKernelArguments(args, area);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'kernel-arguments-invalid' });
          return;
        }
        rendered += 1;
        expect(grubCommands(decode(bytes))).toEqual([
          { words: ['set', `site_kernel_arguments=${args.join(' ')}`], expansions: 0 },
        ]);
        expect(parseKernelArguments(bytes, area)).toEqual(args);
      }),
      { numRuns: 2000 },
    );
    expect(rendered).toBeGreaterThan(100);
  });

  it.each(['a b', 'a"b', "it's", 'back\\slash', 'tick`', 'line\nbreak', '', 'ümlaut'])(
    'refuses the argument %j',
    (argument) => {
      expect(() => renderKernelArguments([argument], area)).toThrow(
        expect.objectContaining({ code: 'kernel-arguments-invalid' }),
      );
    },
  );

  it('says both lengths when the arguments do not fit', () => {
    const long = 'x'.repeat(5000);
    expect(() => renderKernelArguments([long], area)).toThrow(/5029 bytes.*4096/);
  });

  it('refuses a command line that the kernel would cut off', () => {
    expect(() => checkCommandLine('boot=live', ['x'.repeat(2012)])).not.toThrow();
    expect(() => checkCommandLine('boot=live', ['x'.repeat(2013)])).toThrow(
      expect.objectContaining({ code: 'kernel-arguments-too-long' }),
    );
  });

  it.each([
    ['a second command', 'set site_kernel_arguments=""\nreboot\n'],
    ['another variable', 'set root="x"\n'],
    ['an expansion', 'set site_kernel_arguments="$prefix"\n'],
    ['a closed quote', 'set site_kernel_arguments="a" "b"\n'],
    ['no quotes', 'set site_kernel_arguments=a\n'],
    ['half a quote', 'set site_kernel_arguments="\n'],
    ['nothing', '\n'],
  ])('does not take %s for arguments', (_, script) => {
    const bytes = new TextEncoder().encode(script.padEnd(127, '#').concat('\n'));
    expect(() => parseKernelArguments(bytes, { ...area, length: 128 })).toThrow(
      expect.objectContaining({ code: 'image-damaged' }),
    );
  });

  it('splits a line at blanks', () => {
    expect(splitKernelArguments('  a=1\tb  c\n')).toEqual(['a=1', 'b', 'c']);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SiteforgeError } from '#shared/errors.ts';
import { type CpioEntry, readCpio, writeCpio } from './cpio.ts';

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const file = (path: string, content: string, mode = 0o600): CpioEntry => {
  return { path, kind: 'file', mode, data: text(content) };
};
const folder = (path: string): CpioEntry => {
  return { path, kind: 'directory', mode: 0o700, data: new Uint8Array(0) };
};

const part = fc.stringMatching(/^[A-Za-z0-9_é.-]{1,12}$/).filter((name) => name !== '.' && name !== '..');
const entry: fc.Arbitrary<CpioEntry> = fc.record({
  path: fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
  kind: fc.constant('file' as const),
  mode: fc.integer({ min: 0, max: 0o777 }),
  data: fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
});

describe('the archive of the kernel', () => {
  it('writes the header fields where the kernel reads them', () => {
    const bytes = writeCpio([file('a/b', 'hello')]);
    const header = new TextDecoder().decode(bytes.subarray(0, 110));
    const field = (at: number): number => Number.parseInt(header.slice(6 + at * 8, 14 + at * 8), 16);
    expect(header.slice(0, 6)).toBe('070701');
    expect(field(1)).toBe(0o100600);
    expect([field(2), field(3), field(5)]).toEqual([0, 0, 0]);
    expect([field(6), field(11), field(12)]).toEqual([5, 4, 0]);
    expect(new TextDecoder().decode(bytes.subarray(110, 114))).toBe('a/b\0');
    // 110 + 4 is 114: two bytes of padding, then the data.
    expect(new TextDecoder().decode(bytes.subarray(116, 121))).toBe('hello');
    expect(bytes.length % 4).toBe(0);
  });

  it('gives equal bytes for equal entries', () => {
    const entries = [folder('site-seed'), file('site-seed/user-data', '#cloud-config\n')];
    expect(writeCpio(entries)).toEqual(writeCpio(entries));
  });

  it('reads back what it wrote', () => {
    const unique = fc.uniqueArray(entry, { selector: (each) => each.path, maxLength: 8 });
    fc.assert(
      fc.property(unique, fc.nat(64), (entries, zeros) => {
        const bytes = writeCpio(entries);
        const padded = new Uint8Array(bytes.length + zeros);
        padded.set(bytes);
        expect(readCpio(padded)).toEqual(entries);
      }),
    );
  });

  it.each(['/etc/passwd', '../up', 'a/../b', 'a//b', '', 'a/./b', 'a\0b'])(
    'does not write the path %j',
    (path) => {
      expect(() => writeCpio([file(path, '')])).toThrow(RangeError);
    },
  );

  const good = writeCpio([file('one', 'data of one'), file('two', '')]);
  const changed = (at: number, bytes: string): Uint8Array => {
    const copy = good.slice();
    copy.set(text(bytes), at);
    return copy;
  };
  it.each([
    ['another magic', changed(0, '070702')],
    ['a field that is not hexadecimal', changed(54, 'xyzxyzxy')],
    ['a size beyond the end', changed(54, 'FFFFFFFF')],
    ['a name without end', changed(94, 'FFFFFFFF')],
    ['a device node', changed(14, '000061B6')],
    ['a symbolic link', changed(14, '0000A1FF')],
    ['a path out of the folder', changed(110, '../')],
    ['padding that is not zero', changed(114, 'x')],
    ['something behind the trailer', new Uint8Array([...good, 0, 1])],
    ['the same path twice', writeCpio([file('one', ''), file('one', '')])],
    ['no bytes', new Uint8Array(0)],
    ['no trailer', good.subarray(0, good.length - 124)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readCpio(bytes)).toThrow(SiteforgeError);
  });

  it('refuses every archive that is cut short', () => {
    const trailerName = good.lastIndexOf(text('!')[0] ?? 0) + 1;
    for (let length = 0; length <= trailerName; length += 1) {
      expect(() => readCpio(good.subarray(0, length))).toThrow(SiteforgeError);
    }
  });

  it('answers any bytes with entries or seed-unreadable', () => {
    const flipped = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 })
      .map((flips) => {
        const copy = good.slice();
        for (const [at, value] of flips) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(flipped, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        try {
          readCpio(bytes);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'seed-unreadable' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Demultiplexer } from './demultiplex.ts';
import { LineSplitter, maximumLineLength } from './lines.ts';

test('cuts any stream into the same lines, however it is cut into chunks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(50)), (text, cuts) => {
      const bytes = Buffer.from(text);
      const splitter = new LineSplitter();
      const lines: string[] = [];
      let position = 0;
      for (const cut of [...cuts, bytes.length]) {
        lines.push(...splitter.push(bytes.subarray(position, position + cut)));
        position = Math.min(bytes.length, position + cut);
      }
      lines.push(...splitter.push(bytes.subarray(position)), ...splitter.end());
      const expected = new LineSplitter();
      expect(lines).toEqual([...expected.push(bytes), ...expected.end()]);
      expect(lines.length).toBe(text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0));
    }),
  );
});

test('cuts a line that never ends, and finds the next one', () => {
  const splitter = new LineSplitter();
  const lines: string[] = [];
  for (let chunk = 0; chunk < 100; chunk++) lines.push(...splitter.push(Buffer.alloc(10_000, 'x')));
  lines.push(...splitter.push(Buffer.from('\r\nnext\r\n')));
  expect(lines).toEqual([`${'x'.repeat(maximumLineLength)} [cut]`, 'next']);
});

test('takes frames apart, however they are cut', () => {
  const frame = (stream: number, text: string) => {
    const header = Buffer.alloc(8);
    header[0] = stream;
    header.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([header, Buffer.from(text)]);
  };
  const bytes = Buffer.concat([frame(1, 'out'), frame(2, ''), frame(2, 'err'), frame(1, 'put')]);
  fc.assert(
    fc.property(fc.array(fc.nat(12)), (cuts) => {
      const demultiplexer = new Demultiplexer();
      const said = { stdout: '', stderr: '' };
      let position = 0;
      for (const cut of [...cuts, bytes.length]) {
        const chunk = bytes.subarray(position, position + cut);
        for (const piece of demultiplexer.push(chunk)) {
          said[piece.stream] += Buffer.from(piece.bytes).toString();
        }
        position = Math.min(bytes.length, position + cut);
      }
      for (const piece of demultiplexer.push(bytes.subarray(position))) {
        said[piece.stream] += Buffer.from(piece.bytes).toString();
      }
      expect(said).toEqual({ stdout: 'output', stderr: 'err' });
    }),
  );
});

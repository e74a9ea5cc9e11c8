import { StringDecoder } from 'node:string_decoder';

/** A guest may write without end; a longer line is given in pieces. UTF-16 units. */
const longestLine = 64 * 1024;

const escapeCharacter = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);
/** ECMA-48 5.4: parameters, intermediates, one final byte. H and f put the cursor elsewhere: what follows is a new line. */
const cursorMove = new RegExp(`${escapeCharacter}\\[[0-9;]*[Hf]`, 'g');
const controlSequence = new RegExp(`${escapeCharacter}\\[[0-?]*[ -/]*[@-~]`, 'g');
const operatingSystemCommand = new RegExp(
  `${escapeCharacter}\\][^${bell}${escapeCharacter}]*(?:${bell}|${escapeCharacter}\\\\)`,
  'g',
);
const shortSequence = new RegExp(`${escapeCharacter}(?:[ -/]+[0-~]|[0-Z\\\\^-~])`, 'g');
const unprintable = new RegExp(
  `[${String.fromCharCode(0)}-${String.fromCharCode(8)}${String.fromCharCode(11)}-${String.fromCharCode(31)}${String.fromCharCode(127)}]`,
  'g',
);

/** Text without terminal sequences and control characters; cursor movements become line ends. */
function plain(text: string): string {
  return text
    .replace(cursorMove, '\n')
    .replace(operatingSystemCommand, '')
    .replace(controlSequence, '')
    .replace(shortSequence, '');
}

function visible(line: string): string {
  return line.replace(unprintable, '').trimEnd();
}

/** Turns the bytes of a serial console into lines for people. Empty lines are left out; a carriage return ends a line. */
export class ConsoleLines {
  #decoder = new StringDecoder('utf8');
  #pending = '';

  /** The lines completed by these bytes. */
  feed(bytes: Buffer): string[] {
    this.#pending += this.#decoder.write(bytes);
    const end = Math.max(this.#pending.lastIndexOf('\n'), this.#pending.lastIndexOf('\r')) + 1;
    const complete = this.#pending.length - end > longestLine ? this.#pending.length : end;
    const lines = linesOf(this.#pending.slice(0, complete));
    this.#pending = this.#pending.slice(complete);
    return lines;
  }

  /** What stands on the last line, which may grow: prompts never end with a line end. Undefined when it is long. */
  get partial(): string | undefined {
    if (this.#pending.length === 0 || this.#pending.length > 1024) return undefined;
    return linesOf(this.#pending).at(-1);
  }

  /** What is left when the console ends. */
  end(): string[] {
    const lines = linesOf(this.#pending + this.#decoder.end());
    this.#pending = '';
    return lines;
  }
}

function linesOf(text: string): string[] {
  return plain(text)
    .split(/[\r\n]+/)
    .flatMap((line) => cut(visible(line)))
    .filter((line) => line !== '');
}

function cut(line: string): string[] {
  if (line.length <= longestLine) return [line];
  const pieces: string[] = [];
  for (let at = 0; at < line.length; at += longestLine) pieces.push(line.slice(at, at + longestLine));
  return pieces;
}

/** Longest line that is kept, in characters; the rest of a longer one is dropped and marked. */
export const maximumLineLength = 64 * 1024;

/** Cuts a byte stream into lines with bounded memory. Bytes that are not UTF-8 become U+FFFD. */
export class LineSplitter {
  readonly #decoder = new TextDecoder('utf-8');
  #rest = '';
  #dropping = false;

  push(chunk: Uint8Array): string[] {
    return this.#split(this.#decoder.decode(chunk, { stream: true }));
  }

  /** The last line, if the stream did not end with a line end. */
  end(): string[] {
    const lines = this.#split(this.#decoder.decode());
    if (this.#rest !== '') lines.push(this.#rest);
    this.#rest = '';
    return lines;
  }

  #split(text: string): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#append(text, start, end);
      lines.push(this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest);
      this.#rest = '';
      this.#dropping = false;
      start = end + 1;
    }
    this.#append(text, start, text.length);
    return lines;
  }

  #append(text: string, start: number, end: number): void {
    if (this.#dropping || start === end) return;
    const room = maximumLineLength - this.#rest.length;
    if (end - start <= room) this.#rest += text.slice(start, end);
    else {
      this.#rest += `${text.slice(start, start + room)} [cut]`;
      this.#dropping = true;
    }
  }
}

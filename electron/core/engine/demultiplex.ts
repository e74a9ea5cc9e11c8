/** Which of a container's streams bytes belong to. */
export type OutputStream = 'stdout' | 'stderr';

export interface OutputPiece {
  readonly stream: OutputStream;
  readonly bytes: Uint8Array;
}

const headerLength = 8;

/**
 * Takes apart what an engine sends for a container without a terminal: frames of a stream number, three zero bytes,
 * a big-endian length and the payload (Engine API, "Attach to a container", stream format). Payloads are passed on
 * as they come, so that a frame of any length costs no memory.
 */
export class Demultiplexer {
  #header = Buffer.alloc(0);
  #stream: OutputStream = 'stdout';
  #left = 0;

  push(chunk: Buffer): OutputPiece[] {
    const pieces: OutputPiece[] = [];
    let position = 0;
    while (position < chunk.length) {
      if (this.#left === 0) {
        const wanted = headerLength - this.#header.length;
        this.#header = Buffer.concat([this.#header, chunk.subarray(position, position + wanted)]);
        position += wanted;
        if (this.#header.length < headerLength) break;
        this.#stream = this.#header[0] === 2 ? 'stderr' : 'stdout';
        this.#left = this.#header.readUInt32BE(4);
        this.#header = Buffer.alloc(0);
        continue;
      }
      const bytes = chunk.subarray(position, position + this.#left);
      pieces.push({ stream: this.#stream, bytes });
      position += bytes.length;
      this.#left -= bytes.length;
    }
    return pieces;
  }
}

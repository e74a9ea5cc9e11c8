import { open } from 'node:fs/promises';

const chunkBytes = 256 * 1024;

/**
 * The content of a file or a pipe, or undefined when there is more than `limit` bytes of it. What a device or a pipe
 * holds is not told by its size, and some never end. Throws the error of the system call.
 */
export async function readBounded(path: string, limit: number): Promise<Buffer | undefined> {
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let total = 0; ; ) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes);
      if (bytesRead === 0) return Buffer.concat(chunks);
      total += bytesRead;
      if (total > limit) return undefined;
      chunks.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

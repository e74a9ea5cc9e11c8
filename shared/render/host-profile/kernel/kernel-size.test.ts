import { expect, test } from 'vitest';
import { kernelSize } from './kernel-size.ts';

test.each([
  ['2M', 2 ** 21],
  ['2m', 2 ** 21],
  ['1GB', 2 ** 30],
  ['1GiB', 2 ** 30],
  ['0x200000', 2 ** 21],
  ['0x40000000', 2 ** 30],
  ['010k', 8192],
  ['2097152', 2 ** 21],
  ['2MB,low', 2 ** 21],
  ['0', 0],
  ['one', 0],
  ['', 0],
])('the kernel reads %s as %d bytes', (text, bytes) => expect(kernelSize(text)).toBe(bytes));

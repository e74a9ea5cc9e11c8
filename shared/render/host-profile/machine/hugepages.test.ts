import { describe, expect, test } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { readHugepages } from './hugepages.ts';

const argument = (...list: string[]) => `kernel: {arguments: ${JSON.stringify(list)}}`;
const read = (line: string) => {
  const { reserved, passedOver } = readHugepages(line.split(' '));
  return {
    mebibytes: reserved.map(({ pageBytes, count }) => (pageBytes * count) / 2 ** 20),
    passedOver: passedOver.map(({ index }) => index),
  };
};

describe('pages that are reserved by arguments', () => {
  test.each([
    ['hugepages=4', [8], []],
    ['hugepagesz=1G hugepages=4', [4096], []],
    ['hugepagesz=1G hugepages=4 hugepages=8', [4096], [2]],
    ['hugepagesz=1G hugepages=4 hugepagesz=1G hugepages=8', [4096], [2]],
    ['hugepagesz=1G hugepages=4 hugepagesz=2M hugepages=8', [4096, 16], []],
    ['hugepagesz=2M hugepages=8 hugepagesz=1G hugepages=4 hugepagesz=2M hugepages=2', [16, 4096], [4]],
    ['default_hugepagesz=1G hugepagesz=1G hugepages=4', [4096], []],
    ['default_hugepagesz=1G hugepages=4', [4096], []],
    ['hugepages=4 default_hugepagesz=1G', [4096], []],
    ['default_hugepagesz=1G hugepages=4 hugepagesz=1G hugepages=8', [4096], [2]],
    ['default_hugepagesz=1G default_hugepagesz=2M hugepages=4', [], [1]],
    ['hugepagesz=4G hugepages=4', [], []],
    ['hugepages=16 hugepagesz=1G', [32], [1]],
    ['hugepages=16 hugepagesz=2M', [32], []],
    ['hugepages=16 hugepagesz=1G hugepages=4', [32, 4096], []],
    ['hugepages=16 default_hugepagesz=1G', [16384], []],
    ['hugepagesz=1G', [], []],
    ['hugepagesz=1G hugepages=0:2,1:2 hugepages=1', [4096], [2]],
  ])('%s', (line, mebibytes, passedOver) => expect(read(line)).toEqual({ mebibytes, passedOver }));

  judgeAll([
    [
      `machine: {memory: 16GiB}\n${argument('hugepagesz=1G', 'hugepages=8', 'hugepages=12')}`,
      /^warning The kernel passes over hugepages=12: hugepages=8 stands before it for pages of the same size\./,
    ],
    [
      argument('hugepagesz=1G', 'hugepages=8', 'hugepagesz=1G', 'hugepages=8'),
      /^warning The kernel passes over hugepagesz=1G: this size stands before it already/,
    ],
    [argument('hugepagesz=1G', 'hugepages=8', 'hugepagesz=2M', 'hugepages=8')],
    [
      'kernel: {arguments: [hugepagesz=2M, hugepages=8]}\ngrub: {arguments: [hugepages=9]}',
      /^info /,
      /^warning The kernel passes over hugepages=9: hugepages=8 stands before it/,
    ],
  ]);
});

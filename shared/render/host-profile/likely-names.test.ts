import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from '../../diagnostics/suggest.ts';
import { kernelModules, meantName, packages, sysctlKeys } from './likely-names.ts';

const word = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 5, maxLength: 8 })
  .map((letters) => letters.join(''));

test('a name is meant when exactly one edit leads to it', () => {
  fc.assert(
    fc.property(word, word, (name, known) => {
      const sharesStart = name[0] === known[0] || name[1] === known[1];
      const expected = sharesStart && editDistance(name, known) === 1 ? known : undefined;
      expect(meantName(name, [known])).toBe(expected);
    }),
    { numRuns: 5000 },
  );
});

test('a name of something else that is there is meant as it stands', () => {
  for (const name of ['fdisk', 'qperf', 'snapd', 'ltrace', 'python3-yarl'])
    expect(meantName(name, packages)).toBeUndefined();
  for (const name of ['nvmet-tcp', 'rdma_ucm', 'ip_vs_mh'])
    expect(meantName(name, kernelModules)).toBeUndefined();
  for (const name of ['kernel.msgmni', 'net.ipv4.conf.all.arp_filter', 'net.ipv4.tcp_dsack'])
    expect(meantName(name, sysctlKeys)).toBeUndefined();
});

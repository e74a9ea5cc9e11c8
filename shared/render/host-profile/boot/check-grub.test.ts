import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const grub = (...list: string[]) => `grub: {arguments: ${JSON.stringify(list)}}\n`;
const said = /^info GRUB’s settings/;

describe('arguments of GRUB', () => {
  judgeAll([
    [grub('rootdelay=10', 'root=LABEL=root', 'console=tty1'), said],
    [
      `${grub('cgroup_disable=hugetlb')}hugepages: {pages: [{size: 2M, count: 4}]}`,
      said,
      /^error cgroup_disable=hugetlb takes huge pages away/,
    ],
    [`${grub('iommu=off')}cpu: {iommu: true}`, said, /^error iommu=off turns the IOMMU off, but cpu.iommu/],
    [`${grub('maxcpus=1')}cpu: {isolated: 2-7}`, said, /^error maxcpus=1 starts one CPU only/],
    [`${grub('mem=1G')}hugepages: {pages: [{size: 1G, count: 4}]}`, said, /^error mem=1G leaves/],
    [
      `${grub('panic=5')}kernel: {arguments: [panic=60]}`,
      said,
      /^warning panic=5 is set here, but panic=60 stands before it/,
    ],
    [grub('quiet', 'quiet'), said, /^warning quiet stands on the command line already/],
    [
      `${grub('panic=60')}kernel: {arguments: [panic=60]}`,
      said,
      /^warning panic=60 stands on the .* already/,
    ],
    [
      `${grub('console=ttyS0,9600')}console: {serial: {port: ttyS0, baud: 115200}}`,
      said,
      /^warning console=ttyS0,9600 is set here, but console=ttyS0,115200/,
    ],
    [`${grub('hugepagesz=1G', 'hugepages=4')}hugepages: {pages: [{size: 2M, count: 4}]}`, said],
    [grub('mitigatoins=off'), said, /^warning “mitigatoins” is not known/],
    [grub('idle=polling'), said, /^warning “polling” is no value of idle=/],
    [`kernel: {arguments: [iommu=off]}\ncpu: {iommu: true}`, /^error iommu=off turns the IOMMU off, but cpu/],
  ]);
});

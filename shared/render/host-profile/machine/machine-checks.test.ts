import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

describe('a stated machine', () => {
  judgeAll([
    ['machine: {cpus: 8}\ncpu: {isolated: 2-7, housekeeping: 0-1}'],
    ['machine: {cpus: 8}\ncpu: {isolated: 2-8}', /^error The machine has the CPUs 0 to 7, but 8 is isolated/],
    ['machine: {cpus: 8}\ncpu: {isolated: 2-15}', /8, 9, 10, 11 and 4 more are isolated/],
    [
      'machine: {cpus: 8}\nkernel: {arguments: ["isolcpus=managed_irq,domain,4-9"]}',
      /^error .* 8, 9 are isolated/,
    ],
    ['machine: {cpus: 8}\ncpu: {isolated: 2-N, housekeeping: 0-1}'],
    ['cpu: {isolated: 2-N, housekeeping: 0-1}'],
    ['machine: {cpus: 8}\ncpu: {isolated: all}', /^error All 8 CPUs/],
    ['cpu: {isolated: all}', /^warning CPU 0/],
    ['machine: {cpus: 8}\ncpu: {isolated: 4-N, housekeeping: "0-3:1/2,N"}', /^error CPU 7 cannot be both/],
    ['machine: {cpus: 8}\ncpu: {isolated: 16-N}', /refuses 16-N as a whole: .* before its start \(N is 7\)/],
    ['kernel: {arguments: ["nohz_full=2-7,,9,"]}'],
    ['cpu: {isolated: "2-3,9-4"}', /^warning The kernel refuses 2-3,9-4 as a whole: in 9-4/],
    ['cpu: {isolated: "2-9:3/2"}', /^warning .* takes 3 of every 2 CPUs/],
    ['kernel: {arguments: ["isolcpus=domain,2-N", nohz_full=all, rcu_nocbs=all, irqaffinity=0]}'],
    ['kernel: {arguments: ["isolcpus=domain,all"]}', /takes all for a flag .* Write isolcpus=domain,0-N\./],
    ['kernel: {arguments: [nohz_full=7-2]}', /^warning The kernel refuses nohz_full=7-2/],
    ['kernel: {arguments: [isolcpus=4-N, nr_cpus=8]}'],
    ['kernel: {arguments: [isolcpus=4-11, nr_cpus=8]}', /8-11 would be off/],
    ['machine: {cpus: 4}\ncpu: {housekeeping: 0-4}', /4 is for housekeeping/],
    ['machine: {cpus: 4}\ncpu: {isolated: 0-3}', /^error All 4 CPUs/],
    ['machine: {cpus: 4}\ncpu: {isolated: 0-2}', /^warning CPU 0/],
    ['machine: {cpus: 4}\nkernel: {arguments: [isolcpus=0-3]}', /^error All 4 CPUs/],
    ['machine: {cpus: 7, threadsPerCore: 2}', /^warning 7 CPUs are no whole number/],
    ['machine: {cpus: 2, numaNodes: 4}', /^warning 4 NUMA nodes/],
    [
      'machine: {cpus: 8, threadsPerCore: 2}\ncpu: {isolated: 2-5, mitigations: "auto,nosmt"}',
      /^warning mitigations=auto,nosmt switches .* of 8 CPUs 4 are left, .* from 4 on/,
    ],
    ['machine: {cpus: 8, threadsPerCore: 2}\nkernel: {arguments: [nosmt]}\ncpu: {isolated: 2-3}'],
    ['machine: {cpus: 8}\nkernel: {arguments: [nosmt]}\ncpu: {isolated: 2-5}'],
    ['machine: {memory: 64GiB}\nhugepages: {pages: [{size: 1G, count: 48}]}'],
    [
      'machine: {memory: 64g}\nhugepages: {pages: [{size: 1G, count: 64}]}',
      /^error The profile reserves 64 GiB of huge pages, and the machine has 64 GiB/,
    ],
    [
      'machine: {memory: 2GiB}\nhugepages: {pages: [{size: 2M, count: 768}]}',
      /^warning .* 1.5 GiB .* less than 1 GiB/,
    ],
    [
      'machine: {memory: 64GiB}\nkernel: {arguments: [hugepagesz=1G, hugepages=100]}',
      /^error The profile reserves 100 GiB/,
    ],
    ['machine: {memory: 4GiB}\nkernel: {arguments: [hugepages=2048]}', /^error The profile reserves 4 GiB/],
    [
      'machine: {numaNodes: 2}\nkernel: {arguments: [hugepagesz=1G, "hugepages=0:4,2:4"]}',
      /^error hugepages=0:4,2:4 is for NUMA node 2/,
    ],
    ['machine: {numaNodes: 2}\nkernel: {arguments: [hugepagesz=1G, "hugepages=0:4,1:4"]}'],
    [
      'machine: {cpuFlags: [avx2]}\nhugepages: {pages: [{size: 1G, count: 2}]}',
      /^error Pages of 1 GiB need .* pdpe1gb/,
    ],
    ['machine: {cpuFlags: [pdpe1gb]}\nhugepages: {pages: [{size: 1G, count: 2}]}'],
    ['machine: {cpus: 8}\nhugepages: {pages: [{size: 1G, count: 2}]}'],
    ['machine: {memory: lots}', /An amount of memory/],
  ]);
});

describe('kernel arguments', () => {
  judgeAll([
    [
      'kernel: {arguments: [cgroup_disable=hugetlb, hugepagesz=1G, hugepages=100]}',
      /^error cgroup_disable=hugetlb takes/,
    ],
    ['kernel: {arguments: [cgroup_disable=hugetlb]}'],
    [
      'kernel: {arguments: [isolcpus=2-3, isolcpus=4-5]}',
      /^error isolcpus=4-5 is set here, but isolcpus=2-3 stands/,
    ],
    [
      'kernel: {arguments: [transparent_hugepage=never]}\ntransparentHugepages: always',
      /transparentHugepages sets/,
    ],
    [
      'kernel: {arguments: [console=ttyS0, "console=ttyS0,9600n8"]}',
      /^error console=ttyS0,9600n8 is set here, but console=ttyS0 stands/,
    ],
    [
      'kernel: {arguments: ["console=ttyS0,9600n8"]}\nconsole: {serial: {port: ttyS0}}',
      /^error .* the section console sets console=ttyS0,115200n8/,
    ],
    ['kernel: {arguments: ["console=ttyS0,115200n8", console=tty0]}\nconsole: {serial: {port: ttyS0}}'],
    ['kernel: {arguments: [crashkernel=1G]}\nkdump: {}', /kdump.memory sets crashkernel=512M/],
    ['kernel: {arguments: ["crashkernel=1G,high", "crashkernel=256M,low"]}'],
    ['kernel: {arguments: [apparmor=0]}\napparmor: {}', /apparmor.enabled sets apparmor=1/],
    [
      'kernel: {arguments: ["crashkernel=1G,high", "crashkernel=2G,high"]}',
      /^error crashkernel=2G,high is set/,
    ],
    ['kernel: {arguments: ["crashkernel=72M,low"]}\nkdump: {memory: "1G,high"}'],
    [
      'kernel: {arguments: [intel_iommu=on, intel_iommu=sm_on, iommu=pt, iommu=soft, tsc=reliable, tsc=noirqtime]}',
    ],
    ['kernel: {arguments: [intel_iommu=sm_on]}\ncpu: {iommu: true}'],
    ['kernel: {arguments: [intel_iommu=off]}\ncpu: {iommu: true}', /cpu.iommu sets intel_iommu=on/],
    [
      'kernel: {arguments: [intel_iommu=on, "intel_iommu=sm_on,off"]}',
      /^error intel_iommu=sm_on,off is set here/,
    ],
    ['kernel: {arguments: [nmi_watchdog=panic, nmi_watchdog=0]}'],
    [
      'kernel: {arguments: [nmi_watchdog=1, nmi_watchdog=panic, nmi_watchdog=0]}',
      /but nmi_watchdog=1 stands before it/,
    ],
    ['kernel: {arguments: [earlycon, "earlycon=uart8250,io,0x3f8"]}'],
    ['kernel: {arguments: ["earlycon=uart8250,io,0x2f8", "earlycon=uart8250,io,0x3f8"]}', /^error earlycon/],
    ['kernel: {arguments: ["ixgbe.dyndbg=+p", "ixgbe.dyndbg=+f"]}'],
    ['kernel: {arguments: [clearcpuid=rdrand, clearcpuid=umip]}', /^error clearcpuid=umip/],
    [
      'kernel: {arguments: [hugepagesz=2M]}\nhugepages: {pages: [{size: 1G, count: 1}]}',
      /hugepages.pages sets/,
    ],
    ['kernel: {arguments: [intel_iommu=on, iommu=off]}', /^error iommu=off turns/],
    ['kernel: {arguments: [iommu=off]}'],
  ]);
});

describe('memory for the crash kernel', () => {
  judgeAll([
    ['machine: {memory: 64GiB}\nkdump: {memory: 1G}'],
    ['machine: {memory: 64GiB}\nkdump: {memory: 512m}'],
    ['machine: {memory: 64GiB}\nkdump: {memory: "2G-64G:256M,64G-:512M"}'],
    ['machine: {memory: 64GiB}\nkdump: {memory: "1G,high"}'],
    ['kdump: {memory: 64G}'],
    [
      'machine: {memory: 64GiB}\nkdump: {memory: 64G}',
      /^error 64 GiB are kept for the crash kernel, but the machine has 64 GiB of memory/,
    ],
    ['machine: {memory: 8GiB}\nkdump: {memory: "1G-:12G"}', /^error 12 GiB are kept for the crash kernel/],
    [
      'machine: {memory: 8GiB}\nkernel: {arguments: ["crashkernel=16G@64M"]}',
      /^error 16 GiB are kept for the crash kernel/,
    ],
    [
      'machine: {memory: 8GiB}\nhugepages: {pages: [{size: 1G, count: 6}]}\nkdump: {memory: 2G}',
      /^error 2 GiB are kept for the crash kernel and 6 GiB for huge pages/,
    ],
    [
      'machine: {memory: 8GiB}\nkdump: {memory: "64G-:512M"}',
      /^warning crashkernel=64G-:512M keeps nothing on this machine/,
    ],
    ['kdump: {memory: "2G-64G:256M,high"}', /^warning The kernel cannot read crashkernel=2G-64G:256M,high/],
    ['kdump: {memory: "64G-2G:256M"}', /^warning The kernel cannot read/],
    ['kdump: {memory: 0M}', /^warning crashkernel=0M keeps no memory/],
    ['kdump: {memory: 512}', /^error/],
    [`kdump: {memory: "${'1G-2G:64M,'.repeat(30)}3G-:1G"}`, /^error .*255/],
    [`kdump: {nfs: "nas:/${'a'.repeat(1024)}"}`, /^error .*1024/],
    ['kdump: {memory: 512MB}', /^error Memory for the crash kernel is written as 512M/],
    ['kernel: {arguments: [crashkernel=auto]}', /^warning The kernel cannot read crashkernel=auto/],
    ['kernel: {arguments: [crashkernel=512MB]}', /^warning The kernel cannot read crashkernel=512MB/],
    ['kernel: {arguments: [crashkernel=0x20000000, "crashkernel=72M,low"]}'],
  ]);
});

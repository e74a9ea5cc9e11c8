import { describe, expect, test } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { findingsOf } from '../testing/load-profile.ts';
import { argumentWithoutEffect } from './arguments-without-effect.ts';

const argument = (...list: unknown[]) => `kernel: {arguments: ${JSON.stringify(list)}}`;
const debian = (text: string, ...others: string[]) =>
  argumentWithoutEffect(text, { kernelPackage: 'linux-image-amd64', others });

describe('arguments that Debian’s kernel passes over', () => {
  judgeAll([
    [argument('elevator=noop'), /^warning elevator=noop does nothing: schedulers are chosen for each disk/],
    [argument('cgroup_enable=memory'), /^warning cgroup_enable=memory does nothing: .* Every control group/],
    [argument({ name: 'swapaccount', value: '1' }), /^warning swapaccount=1 does nothing: swap is always/],
    [argument('panic_on_oops=1'), /^warning panic_on_oops=1 does nothing: .* The argument is oops=panic\./],
    [argument('rd.lvm.lv=vg/root'), /^warning rd\.lvm\.lv=vg\/root does nothing: it is dracut’s/],
    [argument('selinux=0'), /^warning selinux=0 does nothing: Debian’s kernels do not look at it/],
    [argument('selinux=1', 'security=selinux')],
    [argument('pcie_bus_perf'), /^warning pcie_bus_perf does nothing: it is a word of pci=\./],
    ['kernel: {package: linux-image-generic-hwe, arguments: [cgroup_enable=memory]}'],
    // And not that nosmp was meant, which leaves a host one CPU.
    [argument('nosmep'), /^warning nosmep does nothing: /],
    [argument('nosmap'), /^warning nosmap does nothing: /],
    ['grub: {arguments: [elevator=noop]}', /^info /, /^warning elevator=noop does nothing/],
  ]);

  test.each(
    `biosdevname=1 cma=64M cpufreq.governor=performance default_hugepagesize=1G disable_ipv6=1 dm_mod.use_blk_mq=y
     hugepagesize=2M hugetlb_cma=1G kpti=off no-hlt noexec=off noht noibpb noibrs nordrand nosmap nosmep
     nr_hugepages=8 numa_zonelist_order=n rd.driver.blacklist=nouveau rdblacklist=nouveau rhgb
     scsi_mod.use_blk_mq=1 ssbd=force-off blacklist=nouveau nouveau.blacklist=1 nouveau.blacklist=yes kvm.nested=1
     ipv6.disable isolcpus hugepages mitigations vfio-pci.ids sysctl.net.ipv4.ip_forward`
      .trim()
      .split(/\s+/),
  )('%s does nothing', (text) => expect(debian(text)).toBeDefined());

  test.each(
    `biosdevname=0 ipv6.disable=1 isolcpus=1 rcu_nocbs earlycon nosmt=1 nomodeset quiet iommu sysctl.vm.swappiness=1 disable_ipv6=0 pti=off nosmt nospectre_v2 nopti nohpet cgroup.memory=nokmem cgroup_no_v1=all
     cgroup_disable=memory oops=panic panic_on_warn=1 softlockup_panic=1 hung_task_panic=1 hugepagesz=2M
     hugepages=8 cpufreq.default_governor=performance rd.systemd.show_status=1 rd.own constructor toString
     security=apparmor enforcing=0 noexec32=off modprobe.blacklist=nouveau pci=pcie_bus_perf net.ifnames=0`
      .trim()
      .split(/\s+/),
  )('nothing is said of %s', (text) => expect(debian(text)).toBeUndefined());

  test.each([
    ['panic_on_oops=1', 'oops=panic'],
    ['rd.driver.blacklist=nouveau,nova', 'modprobe.blacklist=nouveau,nova'],
    ['kpti=0', 'pti=0'],
    ['nouveau.blacklist=1', 'modprobe.blacklist=nouveau'],
    ['nr_hugepages=64', 'hugepages=64'],
  ])('%s is meant as %s', (text, meant) => expect(debian(text)?.instead).toBe(meant));

  test('panic_on_oops=0 is only taken out', () => {
    expect(debian('panic_on_oops=0')).toMatchObject({ why: expect.stringContaining('sysctl') });
    expect(debian('panic_on_oops=0')).not.toHaveProperty('instead');
  });

  test('a kernel of one version is Debian’s too', () => {
    expect(findingsOf('kernel: {package: linux-image-6.1.0-18-amd64, arguments: [noibrs]}')).toHaveLength(1);
  });
});

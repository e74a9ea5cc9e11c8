import { describe, expect, test } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { argumentValueProblem } from './argument-values.ts';

const argument = (...list: unknown[]) => `kernel: {arguments: ${JSON.stringify(list)}}`;

describe('values of kernel arguments', () => {
  judgeAll([
    [argument('panic=sixty'), /^warning “sixty” is no value of panic= .* It takes a whole number\./],
    [argument('loglevel=9'), /^warning The levels of loglevel= go from 0 to 7/],
    [argument('idle=polling'), /“polling” is no value of idle= .* Did you mean “poll”\?/],
    [argument('tsc=reliabel'), /Did you mean “reliable”\?/],
    [argument({ name: 'intel_pstate', value: 'disabled' }), /Did you mean “disable”\?/],
    [argument('pci=nomsi,relloc'), /“relloc” is no value of pci= .* Did you mean “realloc”\?/],
    [
      argument('console=ttyS0,15200n8'),
      /^warning No serial port is set to 15200 baud\. Did you mean “115200”\?/,
    ],
    [argument('console=ttyS0,115200,n8'), /“115200,n8” is no setting of a serial port/],
    [argument('console=ttys1,9600'), /There is no port ttys1\. Did you mean “ttyS1”\?/],
    [argument('iommu=passthrough'), /written as iommu=pt\./],
    [argument('skew_tick=on'), /“on” is no value of skew_tick=/],
    [argument('clocksource=tcs'), /“tcs” is no value of clocksource= and the kernel chooses one itself/],
    [argument('console=/dev/ttyS0,115200'), /The kernel names consoles without \/dev\//],
    [argument('console=COM1,9600'), /COM1 is ttyS0/],
    [argument('intel-iommu=pt'), /“pt” is no value of intel-iommu=/],
    [argument('cgroup_disable=memory,hugetbl'), /Did you mean “hugetlb”\?/],
    [argument('nmi_watchdog=off'), /“off” is no value of nmi_watchdog=/],
    [argument('pcie_aspm=performance'), /It takes off or force\./],
    [argument('vfio-pci.ids=0000:3b:00.0'), /It takes vendor and device as in lspci -nn/],
    [argument('panic:60'), /^warning .* write panic=60\./],
    [argument('quiet,nomodeset'), /^warning .* write quiet and nomodeset as two/],
    [argument('--quiet'), /^warning Kernel arguments start without hyphens/],
    [argument('GRUB_CMDLINE_LINUX_DEFAULT=quiet'), /^warning .* is a line of \/etc\/default\/grub/],
    [argument('quiet', 'nosmt', 'acpi_osi', 'unheard:of', 'unheard,of', 'kvm-intel.nested=1')],
    [
      argument('hugepages=1k'),
      /“1k” is no value of hugepages= and at most the digits at its start are read\. It takes a number of pages/,
    ],
    [argument('mce=off,3'), /“off,3” is no value of mce= and is passed over\./],
    [argument('retbleed=auto,nosm'), /“nosm” is no value of retbleed= .* Did you mean “nosmt”\?/],
    [argument('audit=none'), /“none” is no value of audit= and turns it on\./],
    [argument('audit_backlog_limit=-1'), /“-1” is no value of audit_backlog_limit=/],
    [argument('kvm-intel.nested=enabled'), /“enabled” is no value .* and the module is not loaded with it\./],
  ]);

  test.each(
    `skew_tick=1 clocksource=hyperv_clocksource_tsc_page panic=-1 panic=0x3c loglevel=8 idle=nomwait tsc=nowatchdog intel_pstate=passive pci=realloc=off,nommconf
     pci=resource_alignment=20@pci:8086:9c22 pci=hpmemsize=16M console=tty0 console=ttyS0 console=ttyS1,115200n8r console=ttyS0,9600
     console=hvc0 console=ttyO0,115200 console=null intel_iommu=on,sm_on amd_iommu=on iommu=pt iommu=on numa=fake=4 mce=2 mce=2,3000000
     nohz=off nohz=0 audit=0 transparent_hugepage=never mitigations=auto,nosmt vfio-pci.ids=8086:1572,10de:1eb8 preempt=full
     hugepages=0:4,1:8 clocksource=tsc clocksource=xen intel_iommu=on,intgpu_off pci=noari,biosirq retbleed=ibpb,nosmt retbleed=nosmt,auto audit=OFF apparmor=2
     systemd.unified_cgroup_hierarchy=False net.ifnames=YES fsck.repair=preen fsck.repair=1 vfio-pci.ids=0x8086:0x1572 iommu=noagp,force idle systemd.unified_cgroup_hierarchy=0 net.ifnames=1 unheard=of cgroup_disable=io`
      .trim()
      .split(/\s+/),
  )('nothing is said of %s', (text) => {
    const [name = '', ...value] = text.split('=');
    expect(value.length > 0 && argumentValueProblem(name, value.join('='))).toBeFalsy();
  });

  test('the fix keeps what stands beside the value', () => {
    expect(argumentValueProblem('pci', 'nomsi,relloc')?.meant).toBe('nomsi,realloc');
    expect(argumentValueProblem('console', 'ttyS0,15200n8')?.meant).toBe('ttyS0,115200n8');
    expect(argumentValueProblem('console', 'COM2,9600n8')?.meant).toBe('ttyS1,9600n8');
    expect(argumentValueProblem('console', '/dev/ttyS0,9600')?.meant).toBe('ttyS0,9600');
    expect(argumentValueProblem('console', 'ttyS0,115200,n8')?.meant).toBe('ttyS0,115200n8');
  });
});

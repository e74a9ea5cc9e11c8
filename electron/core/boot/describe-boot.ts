import type { BootOutcome, BootResult } from './boot-image.ts';
import type { MilestoneId } from './milestones.ts';

const milestoneNames: Readonly<Record<MilestoneId, string>> = {
  firmware: 'firmware',
  'boot-loader': 'boot loader',
  kernel: 'kernel',
  initramfs: 'initramfs',
  systemd: 'systemd',
  'cloud-init': 'cloud-init',
  login: 'login prompt',
  status: 'status of the host',
  until: 'the text waited for',
};

const outcomes: Readonly<Record<BootOutcome, string>> = {
  reached: 'The image came up.',
  timeout: 'The image did not come up in time.',
  stopped: 'The machine switched itself off or restarted.',
  panic: 'The kernel panicked.',
  'no-boot': 'The firmware or the boot loader found nothing to boot.',
  'no-root': 'The kernel started, but the initramfs did not find the root file system.',
  emergency: 'The system ended in emergency mode.',
};

/** How a boot went, for people, over several lines. Console output appears only when it went wrong. */
export function describeBoot(result: BootResult): string {
  const how = result.accelerator === 'kvm' ? 'with KVM' : 'by emulation';
  const lines = [`${outcomes[result.outcome]} (${result.seconds.toFixed(1)} s, ${how})`];
  for (const { id, seconds } of result.milestones) {
    lines.push(`  ${seconds.toFixed(1).padStart(6)} s  ${milestoneNames[id]}`);
  }
  lines.push(...describeStatus(result), ...describeTrouble(result));
  return lines.join('\n');
}

function describeStatus({ status }: BootResult): string[] {
  if (status === undefined) return [];
  const { cloudInit } = status;
  return [
    `Host ${status.fqdn ?? status.host}, cloud-init ${cloudInit.status}${cloudInit.datasource ? ` (${cloudInit.datasource})` : ''}`,
    ...status.addresses.map((each) => `  ${each.interface}  ${each.address}`),
    ...cloudInit.errors.map((error) => `  cloud-init error: ${error}`),
  ];
}

function describeTrouble(result: BootResult): string[] {
  const lines: string[] = [];
  if (result.status === undefined && result.statusProblem !== undefined) {
    lines.push(`The status of the host arrived damaged on the console: ${result.statusProblem}`);
  }
  if (result.outcome === 'reached') return lines;
  if (result.outcome === 'timeout' && result.milestones.some((each) => each.id === 'login')) {
    lines.push("It has a login prompt but told no status. For another builder's image wait for 'login:'.");
  }
  if (result.lastLines.length === 0) {
    return [...lines, 'Nothing appeared on the serial console. Does the image have console=ttyS0?'];
  }
  return [...lines, 'Last lines of the console:', ...result.lastLines.slice(-15).map((line) => `  ${line}`)];
}

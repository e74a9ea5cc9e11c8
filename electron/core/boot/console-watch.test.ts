import { describe, expect, it } from 'vitest';
import { ConsoleWatch } from './console-watch.ts';

const statusLine =
  'siteforge-status {"host":"cp-1","fqdn":"cp-1.edge.example","addresses":[{"interface":"bond0.100","address":"10.20.0.11/24"}],"cloudInit":{"status":"done","errors":[],"datasource":"nocloud"},"seconds":12.3}';

function watch(text: string, until?: RegExp) {
  const ends: string[] = [];
  let clock = 0;
  const seconds = (): number => clock;
  const watched = new ConsoleWatch({ until, seconds, onEnd: (end) => ends.push(end) });
  for (const part of text.split(/(?<=\n)/)) {
    clock += 1;
    watched.feed(Buffer.from(part));
  }
  return { watched, ends, ids: watched.milestones.map((each) => each.id) };
}

const good = [
  'SeaBIOS (version 1.16.2-debian-1.16.2-1)',
  'Booting from DVD/CD...',
  'Welcome to GRUB!',
  '[    0.000000] Linux version 6.1.0-50-amd64 (gcc-12)',
  'Loading, please wait...',
  'Begin: Running /scripts/init-premount ... done.',
  '[   90.1] systemd[1]: systemd 252.39-1~deb12u1 running in system mode (+PAM)',
  '[  120.7] cloud-init[492]: Cloud-init v. 22.4.2 running',
  'Debian GNU/Linux 12 cp-1 ttyS0',
  'cp-1 login: ',
].join('\r\n');

describe('the watch on a console', () => {
  it('recognises how far a machine comes, once each, with the time', () => {
    const { watched, ends, ids } = watch(`${good}\r\n${statusLine}\r\n`);
    expect(ids).toEqual([
      ...['firmware', 'boot-loader', 'kernel', 'initramfs', 'systemd', 'cloud-init', 'login', 'status'],
    ]);
    expect(watched.milestones.map((each) => each.seconds)).toEqual([1, 3, 4, 5, 7, 8, 10, 11]);
    expect(ends).toEqual(['reached']);
    expect(watched.status).toMatchObject({ host: 'cp-1', addresses: [{ interface: 'bond0.100' }] });
  });

  it('sees UEFI firmware and its boot of a medium', () => {
    expect(watch('BdsDxe: starting Boot0001 "UEFI QEMU USB HARDDRIVE"\r\n').ids).toEqual(['firmware']);
  });

  it('reads a status that stands behind a login prompt', () => {
    expect(watch(`cp-1 login: ${statusLine}\r\n`).watched.status?.host).toBe('cp-1');
  });

  it.each([
    ['cut', statusLine.slice(0, 100)],
    ['written over', statusLine.replace('"fqdn"', '[ 12.3] usb 1-1')],
    ['of another shape', 'siteforge-status {"host":1}'],
  ])('tells a status that is %s as arrived but damaged', (_, line) => {
    const { watched, ends } = watch(`${line}\r\n`);
    expect(watched.status).toBeUndefined();
    expect(watched.statusProblem).toEqual(expect.any(String));
    expect(ends).toEqual(['reached']);
  });

  it('waits for a text instead when asked, also in a prompt without line end', () => {
    const { ends, ids } = watch(`${statusLine}\r\nnode login: `, /login:/);
    expect(ids).toEqual(['status', 'login', 'until']);
    expect(ends).toEqual(['reached']);
  });

  it('finds a text on every line with a pattern that remembers its place', () => {
    expect(watch('a ready\nready\n', /^ready/g).ends).toEqual(['reached']);
  });

  it.each([
    ['panic', '[    1.2] Kernel panic - not syncing: VFS: Unable to mount root fs'],
    ['no-boot', 'No bootable device.'],
    ['no-boot', 'BdsDxe: No bootable option or device was found.'],
    ['no-boot', 'grub rescue> '],
    ['no-root', '(initramfs) '],
    ['no-root', 'Unable to find a medium containing a live file system'],
    ['emergency', 'You are in emergency mode. After logging in, type "journalctl -xb"'],
  ])('ends with %s at: %s', (failure, line) => {
    const { ends, ids } = watch(`${line}\r\n${statusLine}\r\n`);
    expect(ends).toEqual([failure]);
    expect(ids).not.toContain('status');
  });

  it('keeps the last lines only', () => {
    const many = Array.from({ length: 500 }, (_, at) => `line ${at}\n`).join('');
    const { watched } = watch(many);
    expect(watched.lastLines).toHaveLength(60);
    expect(watched.lastLines.at(-1)).toBe('line 499');
  });
});

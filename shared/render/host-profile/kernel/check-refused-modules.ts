import type { SourceNode } from '../../../source/source-node.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, removed } from '../remedy.ts';

const findsMedium = 'the system on a stick or on virtual media is not found';
const mountsSystem = 'the system on its medium is not mounted';

/**
 * Modules of Debian's kernel without which a system does not come up from its medium (live-boot, scripts/boot). uas is
 * not one of them: usb_storage takes its devices.
 */
const neededModules: ReadonlyMap<string, string> = new Map([
  ...['usbcore', 'usb_storage', 'xhci_hcd', 'xhci_pci', 'scsi_mod', 'sd_mod', 'sr_mod'].map(
    (name) => [name, findsMedium] as const,
  ),
  ...['isofs', 'squashfs', 'loop', 'overlay'].map((name) => [name, mountsSystem] as const),
]);

/** modprobe.d(5): both keep a module out, in the initramfs too, which takes these files in. */
const refusal =
  /^[ \t]*(?:blacklist[ \t]+([\w-]+)|install[ \t]+([\w-]+)[ \t]+(?:\/usr)?\/bin\/(?:true|false)\b)/gm;

/** What to say of a module that something keeps out although hosts need it. */
export function refusedModule(name: string, written: string): string | undefined {
  const why = neededModules.get(name.replaceAll('-', '_'));
  return why && `${written} keeps ${name} out, and without it ${why}.`;
}

/** Hardening lists refuse USB storage and rare file systems, which is what a system on a medium boots from. */
export function checkRefusedModules({ spec, at, value }: ProfileCheck): void {
  const judge = (names: readonly string[], node: SourceNode, written: string, ...remedies: Remedy[]) => {
    for (const name of names) {
      const message = refusedModule(name, written);
      if (message !== undefined) value(node, message, ...remedies);
    }
  };
  for (const [index, name] of spec.kernel.modules.blacklist.entries()) {
    const way = ['kernel', 'modules', 'blacklist', index] as const;
    judge([name], at(...way), 'The blacklist', removed(...way));
  }
  for (const [index, { path, content }] of (spec.files ?? []).entries()) {
    if (!/^\/etc\/modprobe\.d\/[^/]+\.conf$/.test(path)) continue;
    const names = [...content.matchAll(refusal)].map(([, listed, replaced]) => listed ?? replaced ?? '');
    judge([...new Set(names)], at('files', index, 'content'), 'This file');
  }
}

import { argumentName } from '../kernel/kernel-arguments.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { replaced, titled } from '../remedy.ts';
import { bareName } from '../systemd/unit-packages.ts';

export function checkKdump(check: ProfileCheck): void {
  const { spec, rendered, at, isRead, value } = check;
  const index = (spec.packages?.install ?? []).findIndex((name) => bareName(name) === 'kdump-tools');
  const hasMemory = rendered.kernelArguments.some((text) => argumentName(text) === 'crashkernel');
  if (index >= 0 && !hasMemory && isRead('kdump') && isRead('kernel', 'arguments'))
    value(
      at('packages', 'install', index),
      'Nothing sets memory aside for the crash kernel, so that there is never a dump. Write a section kdump, or crashkernel= in kernel.arguments.',
      titled('Add kdump with 512M of memory', replaced({ memory: '512M' }, 'kdump')),
    );
}

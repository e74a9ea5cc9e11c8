import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced } from '../remedy.ts';

export function checkModules({ spec: { kernel }, at, contradiction, value }: ProfileCheck): void {
  const comparable = (name: string) => name.replaceAll('-', '_');
  const loaded = new Set(kernel.modules.load.map(comparable));
  for (const [index, name] of kernel.modules.blacklist.entries()) {
    if (loaded.has(comparable(name)))
      contradiction(
        at('kernel', 'modules', 'blacklist', index),
        `The module ${name} is loaded and blacklisted.`,
        removed('kernel', 'modules', 'blacklist', index),
      );
  }
  for (const list of ['load', 'blacklist'] as const) {
    const names = kernel.modules[list].map(comparable);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) < index)
        value(
          at('kernel', 'modules', list, index),
          `The module ${kernel.modules[list][index]} stands here twice.`,
          removed('kernel', 'modules', list, index),
        );
  }
  if (kernel.package.startsWith('linux-image-cloud-'))
    value(
      at('kernel', 'package'),
      'The cloud kernel has no USB storage and few drivers: it boots virtual machines, hardly a real host.',
      replaced(kernel.package.replace('-cloud', ''), 'kernel', 'package'),
    );
}

import { proxyExceptionProblem } from '../../../network/proxy-exceptions.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed } from '../remedy.ts';

/** What a runtime is given, and passes over or cannot work with. */
export function checkContainers({ spec, at, value }: ProfileCheck): void {
  for (const [index, entry] of (spec.containers?.proxy?.noProxy ?? []).entries()) {
    const way = ['containers', 'proxy', 'noProxy', index] as const;
    const problem = proxyExceptionProblem(entry);
    if (problem !== undefined)
      value(at(...way), `“${entry}” is reached through the proxy all the same: ${problem}.`, removed(...way));
  }
}

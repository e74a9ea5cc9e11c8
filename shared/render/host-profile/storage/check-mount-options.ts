import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, removed, replaced, titled } from '../remedy.ts';
import { optionProblem } from './mount-options.ts';

const way = ['partitions', 'entries'] as const;

/** A mount that the kernel refuses ends the start of a host in the emergency shell (systemd.special(7)). */
export function checkMountOptions({ spec, at, contradiction, value }: ProfileCheck): void {
  for (const [index, { filesystem }] of (spec.partitions?.entries ?? []).entries()) {
    if (filesystem?.options === undefined) continue;
    const place = [...way, index, 'filesystem', 'options'] as const;
    const options = filesystem.options.split(',');
    const instead = (position: number, other: string | undefined): Remedy => {
      const left = other === undefined ? options.toSpliced(position, 1) : options.with(position, other);
      const change = left.length === 0 ? removed(...place) : replaced(left.join(','), ...place);
      return titled(other === undefined ? `Remove ${options[position]}` : `Change to “${other}”`, change);
    };
    for (const [position, option] of options.entries()) {
      const problem = optionProblem(option, filesystem.type);
      if (problem === undefined) continue;
      const tell = problem.isFatal ? contradiction : value;
      tell(at(...place), problem.message, instead(position, problem.instead));
    }
    const point = filesystem.mountpoint;
    const noexec = options.lastIndexOf('noexec');
    if ((point === '/' || point === '/usr') && noexec > options.lastIndexOf('exec'))
      contradiction(
        at(...place),
        `With noexec nothing on ${point} can be run: no host comes up.`,
        instead(noexec, undefined),
      );
  }
}

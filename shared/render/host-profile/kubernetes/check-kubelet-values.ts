import { suggest } from '../../../diagnostics/suggest.ts';
import { lastCpu } from '../machine/cpu-list.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, replaced } from '../remedy.ts';
import { meaningOfKubeletArgument } from './kubelet-arguments.ts';
import { isGoBoolean, type ListProblem } from './kubelet-lists.ts';

/**
 * Values of the kubelet's arguments. It reads all of them before it does anything else and ends at the first that it
 * cannot read, so that a node with one of these never joins its cluster.
 */
export function checkKubeletValues(check: ProfileCheck): void {
  const given = check.spec.kubernetes?.kubeletArguments ?? {};
  for (const [name, text] of Object.entries(given)) {
    const { problem, instead } = problemOf(name, text) ?? {};
    if (problem === undefined) continue;
    const place = ['kubernetes', 'kubeletArguments', name] as const;
    const remedies: Remedy[] = instead === undefined ? [] : [replaced(instead, ...place)];
    check.contradiction(check.at(...place), `The kubelet does not start: ${problem}`, ...remedies);
  }
  checkGarbageCollection(check);
  checkSoftEviction(check);
  checkReservedOnMachine(check);
}

function problemOf(name: string, text: string): ListProblem | undefined {
  const meaning = meaningOfKubeletArgument(name);
  switch (meaning?.type) {
    case 'word':
      return wordProblem(name, text, meaning.words);
    case 'flag':
      return isGoBoolean(text) ? undefined : { problem: `--${name} is true or false, not “${text}”.` };
    case 'number':
      return numberProblem(name, text, meaning);
    case 'duration':
      return durationProblem(name, text);
    case 'cpus':
      // Lists that only the kernel reads are told with the numbers that they stand for.
      return /^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(text) || text === '' || /N|all|:/i.test(text)
        ? undefined
        : { problem: `--${name} is a list of CPUs such as 0-3,8, not “${text}”.` };
    case 'list':
      return meaning.judge(text);
    default:
      return undefined;
  }
}

function wordProblem(name: string, text: string, words: readonly string[]): ListProblem | undefined {
  if (words.includes(text)) return undefined;
  const instead = suggest(text, words) ?? words.find((word) => text !== '' && word.startsWith(text));
  return { problem: `--${name} is one of ${words.join(', ')}, not “${text}”.`, instead };
}

function numberProblem(
  name: string,
  text: string,
  { least, most = 2 ** 31 - 1 }: { readonly least: number; readonly most?: number },
): ListProblem | undefined {
  if (!/^[+-]?\d+$/.test(text)) return { problem: `--${name} is a whole number, not “${text}”.` };
  const number = Number(text);
  if (number >= least && number <= most) return undefined;
  const range = most === 2 ** 31 - 1 ? `at least ${least}` : `from ${least} to ${most}`;
  return { problem: `--${name} is ${range}, not ${text}.` };
}

/** Go, time.ParseDuration: a number without a unit is refused, other than 0. */
function durationProblem(name: string, text: string): ListProblem | undefined {
  if (/^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(text)) return undefined;
  const isBare = /^\d+$/.test(text);
  const problem = `--${name} is a duration with its unit, such as 10s, 5m or 1h, not “${text}”.`;
  return { problem, ...(isBare ? { instead: `${text}s` } : {}) };
}

/** What is not among the arguments may stand in the kubelet's own file, which kubeadm writes when a node joins. */
const unlessConfigured = ' Its configuration file may set the other.';

/** Kubernetes, kubelet/apis/config/validation: the low mark lies below the high one. Their defaults are 80 and 85. */
function checkGarbageCollection({ spec, at, contradiction, value }: ProfileCheck): void {
  const given = spec.kubernetes?.kubeletArguments ?? {};
  const [low, high] = ['image-gc-low-threshold', 'image-gc-high-threshold'] as const;
  if (given[low] === undefined && given[high] === undefined) return;
  const [lowest, highest] = [Number(given[low] ?? 80), Number(given[high] ?? 85)];
  if (!(lowest >= highest) || highest > 100 || lowest > 100) return;
  const isWhole = given[low] !== undefined && given[high] !== undefined;
  const tell = isWhole ? contradiction : value;
  tell(
    at('kubernetes', 'kubeletArguments', given[low] === undefined ? high : low),
    `The kubelet does not start: --${low} (${lowest}) must be less than --${high} (${highest}).${isWhole ? '' : unlessConfigured}`,
  );
}

/** Kubernetes, eviction/helpers.go: “grace period must be specified for the soft eviction threshold”. */
function checkSoftEviction({ spec, at, value }: ProfileCheck): void {
  const { 'eviction-soft': soft, 'eviction-soft-grace-period': periods = '' } =
    spec.kubernetes?.kubeletArguments ?? {};
  const timed = new Set(periods.split(',').map((each) => each.split('=')[0]?.trim()));
  const signals = (soft ?? '').split(',').flatMap((each) => each.split('<')[0]?.trim() || []);
  const [missing] = signals.filter((signal) => !timed.has(signal));
  if (missing === undefined) return;
  value(
    at('kubernetes', 'kubeletArguments', 'eviction-soft'),
    `${missing} has no grace period, and without one, here or in its configuration file, the kubelet does not start. Add “eviction-soft-grace-period: ${missing}=1m30s”.`,
  );
}

function checkReservedOnMachine({ spec, at, value }: ProfileCheck): void {
  const { machine, kubernetes } = spec;
  const reserved = kubernetes?.kubeletArguments['reserved-cpus'];
  if (machine?.cpus === undefined || reserved === undefined) return;
  const last = lastCpu(machine);
  const beyond = (reserved.match(/\d+/g) ?? []).map(Number).find((cpu) => cpu > last);
  if (beyond === undefined || !/^[\d,-]+$/.test(reserved)) return;
  value(
    at('kubernetes', 'kubeletArguments', 'reserved-cpus'),
    `CPU ${beyond} is not there: the stated machine has the CPUs 0-${last}.`,
  );
}

import { suggest } from '../../../diagnostics/suggest.ts';
import { parseIpAddress } from '../../../network/addresses.ts';

/** Lists in the arguments of the kubelet: labels, taints, reservations and thresholds, each judged as the kubelet does. */

export interface ListProblem {
  /** Behind “The kubelet does not start:”. */
  readonly problem: string;
  /** What the whole list was most likely meant to be. */
  readonly instead?: string | undefined;
}

/** Go, strconv.ParseBool. */
export function isGoBoolean(text: string): boolean {
  return /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text);
}

const parts = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Kubernetes, kubelet/apis/well_known_labels.go: what a node may say of itself in names of Kubernetes. */
const ownNamespaces = ['kubelet.kubernetes.io', 'node.kubernetes.io'];
const ownLabels: ReadonlySet<string> = new Set([
  'kubernetes.io/hostname',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
]);

const isBelow = (domain: string, parent: string) => domain === parent || domain.endsWith(`.${parent}`);
/** apimachinery, util/validation: a qualified name and the value of a label. */
const labelName = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

/** cmd/kubelet/app/options, ValidateKubeletFlags. */
export function labelProblem(text: string): ListProblem | undefined {
  for (const part of parts(text)) {
    const [name = '', ...rest] = part.split('=');
    const value = rest.join('=');
    if (!labelName.test(name))
      return { problem: `“${name}” is no name of a label, such as rack or example.org/rack.` };
    if (!labelValue.test(value))
      return {
        problem: `“${value}” is no value of a label: letters, digits, hyphens, dots and underscores, 63 at most.`,
      };
    const domain = name.includes('/') ? (name.split('/')[0] ?? '') : '';
    const isReserved = isBelow(domain, 'kubernetes.io') || isBelow(domain, 'k8s.io');
    if (!isReserved || ownLabels.has(name) || ownNamespaces.some((own) => isBelow(domain, own))) continue;
    return {
      problem: `a node may not give itself the label ${name}, which is one of Kubernetes. Set it from outside (kubectl label node), or use a name below node.kubernetes.io or of your own.`,
    };
  }
  return undefined;
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Kubernetes, util/taints: `key=value:effect` or `key:effect`. */
export function taintProblem(text: string): ListProblem | undefined {
  for (const part of parts(text)) {
    const [pair = '', effect, ...more] = part.split(':');
    const [name = '', value = ''] = pair.split('=');
    if (effect === undefined || more.length > 0 || !labelName.test(name) || !labelValue.test(value))
      return { problem: `“${part}” is no taint; write key=value:NoSchedule.` };
    if (effects.includes(effect)) continue;
    const meant = suggest(effect, effects);
    return {
      problem: `the effect of a taint is one of ${effects.join(', ')}, not “${effect}”.`,
      instead: meant === undefined ? undefined : text.replace(`:${effect}`, `:${meant}`),
    };
  }
  return undefined;
}

/** apimachinery, api/resource: 500m, 4, 512Mi, 4Gi; K and B do not exist. */
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]?|[eE][+-]?\d+)$/;

export function quantityProblem(text: string): ListProblem | undefined {
  if (quantity.test(text)) return undefined;
  const [, count, unit = ''] = /^(\d+)([kKMGT])i?[bB]$/.exec(text) ?? [];
  const instead = count === undefined ? undefined : `${count}${unit.toUpperCase()}i`;
  return {
    problem: `“${text}” is no amount; write a number with Ki, Mi or Gi, such as 512Mi.`,
    instead,
  };
}

const reservable = ['cpu', 'memory', 'ephemeral-storage', 'pid'];

/** cmd/kubelet/app, parseResourceList. */
export function reservationProblem(text: string): ListProblem | undefined {
  for (const part of parts(text)) {
    const [name = '', amount, ...more] = part.split('=');
    if (amount === undefined || more.length > 0)
      return { problem: `“${part}” is no reservation; write cpu=500m,memory=1Gi.` };
    if (!reservable.includes(name))
      return {
        problem: `${reservable.join(', ')} can be reserved, “${name}” cannot.`,
        instead: inPlace(text, part, name, suggest(name, reservable)),
      };
    const wrong = quantityProblem(amount);
    if (wrong !== undefined) return { ...wrong, instead: inPlace(text, part, amount, wrong.instead) };
    if (amount.startsWith('-')) return { problem: `${name} cannot be less than nothing, as in “${part}”.` };
  }
  return undefined;
}

/** Kubernetes, kubelet/eviction/api: the signals of Linux. */
const signals = [
  'memory.available',
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
  'containerfs.available',
  'containerfs.inodesFree',
  'allocatableMemory.available',
  'pid.available',
];

/** Kubernetes, eviction/helpers.go, parseThresholdStatements: `signal<amount` or `signal<percentage`. */
export function thresholdProblem(text: string): ListProblem | undefined {
  for (const part of parts(text)) {
    const [signal = '', amount, ...more] = part.split('<');
    if (amount === undefined || more.length > 0)
      return { problem: `“${part}” is no threshold; write memory.available<100Mi.` };
    if (!signals.includes(signal))
      return {
        problem: `there is no signal “${signal}”; the signals are ${signals.join(', ')}.`,
        instead: inPlace(text, part, signal, suggest(signal, signals)),
      };
    if (amount.endsWith('%')) {
      const percentage = Number(amount.slice(0, -1));
      if (percentage >= 0 && percentage <= 100) continue;
      return { problem: `“${amount}” is no percentage from 0% to 100%.` };
    }
    const wrong = quantityProblem(amount);
    if (wrong !== undefined) return { ...wrong, instead: inPlace(text, part, amount, wrong.instead) };
  }
  return undefined;
}

export function featureGateProblem(text: string): ListProblem | undefined {
  for (const part of parts(text)) {
    const [, value] = part.split('=');
    if (value === undefined || !isGoBoolean(value))
      return { problem: `“${part}” is no feature gate; write Name=true or Name=false.` };
  }
  return undefined;
}

function inPlace(text: string, part: string, wrong: string, right: string | undefined): string | undefined {
  return right === undefined ? undefined : text.replace(part, part.replace(wrong, right));
}

/** Kubernetes, cmd/kubelet/app/options: an IPVar. */
export function addressProblem(text: string): ListProblem | undefined {
  return text === '' || parseIpAddress(text) !== undefined
    ? undefined
    : { problem: `“${text}” is no address, such as 0.0.0.0 or 192.0.2.1.` };
}

const allocatable = ['none', 'pods', 'system-reserved', 'kube-reserved'];

/** kubelet/apis/config/validation: what of a node is enforced. */
export function allocatableProblem(text: string): ListProblem | undefined {
  for (const part of parts(text)) {
    if (allocatable.includes(part)) continue;
    const problem = `${allocatable.join(', ')} can be enforced, “${part}” cannot.`;
    return { problem, instead: inPlace(text, part, part, suggest(part, allocatable)) };
  }
  return undefined;
}

/** kubelet/sysctl/allowlist.go: names, or their starts with a * behind. */
export function sysctlPatternProblem(text: string): ListProblem | undefined {
  const odd = parts(text).find((part) => !/^[a-z0-9_-]+([./][a-z0-9_-]+)*([./]?\*)?$/.test(part));
  return odd === undefined
    ? undefined
    : { problem: `“${odd}” is no name of a sysctl, such as net.core.somaxconn or kernel.msg*.` };
}

/** k8s.io/component-base/cli/flag, MapStringString: `name=value`. */
export function policyOptionsProblem(text: string): ListProblem | undefined {
  const odd = parts(text).find((part) => !/^[^=]+=/.test(part));
  return odd === undefined ? undefined : { problem: `“${odd}” has no value; write ${odd}=true.` };
}

import type { SourceNode } from '../source/source-node.ts';
import { bondModes } from './bond-parameters.ts';
import { durationInMilliseconds } from './checks/durations.ts';
import { type NetworkLink, type PassedThrough, type PlainValue, parameterOf } from './model.ts';
import { nmstateBondOptions, optionOfBondParameter } from './nmstate-bond-keys.ts';
import {
  bridgeOptionKeys,
  bridgeParameterOfPortKey,
  bridgeParameterOfStpKey,
  spanningTreeKeys,
} from './nmstate-bridge-keys.ts';
import { portOf, withNested } from './nmstate-passed-through.ts';
import { asWritten, define, inOrder, type PlainMap } from './plain-document.ts';

type Report = (node: SourceNode, message: string) => void;

const inMilliseconds: ReadonlySet<string> = new Set([
  ...['mii-monitor-interval', 'up-delay', 'down-delay', 'arp-interval'],
]);

/** The value of a bond parameter as the kernel counts it: milliseconds, or seconds for learning packets. */
export function bondOptionValue(name: string, value: PlainValue): PlainValue {
  if (inMilliseconds.has(name)) return Math.round(durationInMilliseconds(value));
  if (name === 'learn-packet-interval') return Math.round(durationInMilliseconds(value, 's') / 1000);
  if (name === 'all-members-active') return value === true ? 'delivered' : 'dropped';
  return Array.isArray(value) ? value.join(',') : value;
}

/** A duration of a bridge in whole seconds. */
export function bridgeSeconds(value: PlainValue): number {
  return Math.round(durationInMilliseconds(value, 's') / 1000);
}

export function renderLinkAggregation(
  link: NetworkLink,
  port: readonly string[],
  passedThrough: readonly PassedThrough[],
  nameOf: (id: string) => string,
  report: Report,
): PlainMap {
  const options: Record<string, PlainValue> = {};
  for (const { name, value } of link.parameters) {
    const option = optionOfBondParameter.get(name);
    if (option === undefined || name === 'mode') continue;
    options[option] = name === 'primary' ? nameOf(String(value)) : bondOptionValue(name, value);
  }
  const mode = parameterOf(link, 'mode');
  const isKernels = mode === undefined || (bondModes as readonly unknown[]).includes(mode.value);
  if (mode !== undefined && !isKernels) {
    report(
      mode.node,
      `NMState has no bond mode ${String(mode.value)}, which is Open vSwitch’s; balance-rr is used.`,
    );
  }
  const rendered: Record<string, PlainValue> = {
    mode: mode !== undefined && isKernels ? mode.value : 'balance-rr',
    options,
    port,
  };
  withNested(rendered, passedThrough);
  const all = rendered.options as PlainMap;
  if (Object.keys(all).length === 0) delete rendered.options;
  else rendered.options = inOrder(all, Object.keys(nmstateBondOptions));
  return rendered;
}

export function renderLinuxBridge(
  link: NetworkLink,
  nameOf: (id: string) => string,
  passedThrough: { options: readonly PassedThrough[]; ports: readonly PassedThrough[] },
  report: Report,
): PlainMap {
  const stp: Record<string, PlainValue> = {};
  for (const [key, name] of Object.entries(bridgeParameterOfStpKey)) {
    const parameter = parameterOf(link, name);
    if (parameter === undefined) continue;
    const { value, node } = parameter;
    const inUnits = typeof value === 'boolean' || name === 'priority' ? value : bridgeSeconds(value);
    const shape = spanningTreeKeys[key]?.shape;
    if (shape?.type === 'integer' && (Number(inUnits) < shape.minimum || Number(inUnits) > shape.maximum)) {
      report(
        node,
        `NMState takes a ${key} from ${shape.minimum} to ${shape.maximum}, not ${String(inUnits)}; it is left out.`,
      );
    } else stp[key] = inUnits;
  }
  const options: Record<string, PlainValue> = {};
  if (Object.keys(stp).length > 0) options.stp = stp;
  const ageing = parameterOf(link, 'ageing-time')?.value;
  if (ageing !== undefined) options['mac-ageing-time'] = bridgeSeconds(ageing);
  const rendered: Record<string, PlainValue> = {
    options,
    port: renderPorts(link, nameOf, passedThrough.ports),
  };
  withNested(rendered, passedThrough.options);
  const all = rendered.options as PlainMap;
  if (Object.keys(all).length === 0) delete rendered.options;
  else rendered.options = inOrder(all, Object.keys(bridgeOptionKeys));
  return rendered;
}

function renderPorts(
  link: NetworkLink,
  nameOf: (id: string) => string,
  passedThrough: readonly PassedThrough[],
): PlainMap[] {
  return link.members.map(({ value: id }) => {
    const port: Record<string, PlainValue> = { name: nameOf(id) };
    for (const [key, name] of Object.entries(bridgeParameterOfPortKey)) {
      const values = parameterOf(link, name)?.value;
      if (typeof values !== 'object' || values === null || Array.isArray(values)) continue;
      const value = Object.hasOwn(values, id) ? (values as PlainMap)[id] : undefined;
      if (value !== undefined) port[key] = value;
    }
    for (const entry of passedThrough) {
      const own = portOf(entry);
      if (own?.port === id) define(port, own.key, asWritten(entry.value));
    }
    return port;
  });
}

import type { SiteAnalysis } from '../site/analysis.ts';

/** What a reference such as `var.oam-address` stands for, over all hosts. */
export interface ReferenceFact {
  /** For the chosen host; undefined when it has none. */
  readonly ofChosen: string | undefined;
  /** Hosts that have a value. */
  readonly hosts: number;
  /** How many different values they have. */
  readonly values: number;
}

export interface ReferenceFacts {
  readonly chosenHost: string | undefined;
  /** By the key of the reference. */
  readonly byKey: ReadonlyMap<string, ReferenceFact>;
}

export const noReferenceFacts: ReferenceFacts = { chosenHost: undefined, byKey: new Map() };

const known = new WeakMap<SiteAnalysis, ReferenceFacts>();

/** Made when it is first asked for, once for a verdict and a chosen host. */
export function referenceFactsOf(analysis: SiteAnalysis, chosenHost: string | undefined): ReferenceFacts {
  const before = known.get(analysis);
  if (before !== undefined && before.chosenHost === chosenHost) return before;
  const valuesByKey = new Map<string, { count: number; values: Set<string> }>();
  for (const { values } of analysis.analysedHosts.values()) {
    for (const [key, { value }] of values) {
      const entry = valuesByKey.get(key);
      if (entry === undefined) valuesByKey.set(key, { count: 1, values: new Set([String(value)]) });
      else {
        entry.count += 1;
        entry.values.add(String(value));
      }
    }
  }
  const chosen = chosenHost === undefined ? undefined : analysis.analysedHosts.get(chosenHost)?.values;
  const byKey = new Map<string, ReferenceFact>();
  for (const [key, { count, values }] of valuesByKey) {
    const value = chosen?.get(key)?.value;
    const ofChosen = value === undefined ? undefined : String(value);
    byKey.set(key, { ofChosen, hosts: count, values: values.size });
  }
  const facts = { chosenHost, byKey };
  known.set(analysis, facts);
  return facts;
}

/** "`10.20.0.21` for wk-1. 4 hosts have a value, all different." */
export function describeReference({ chosenHost, byKey }: ReferenceFacts, key: string): string {
  const fact = byKey.get(key);
  if (fact === undefined) return 'No host has a value for it.';
  const { ofChosen, hosts, values } = fact;
  const first =
    chosenHost === undefined
      ? []
      : [
          ofChosen === undefined
            ? `${chosenHost} has no value for it.`
            : `\`${ofChosen}\` for ${chosenHost}.`,
        ];
  const spread =
    hosts === 1
      ? 'One host has a value.'
      : values === 1
        ? `The same for ${hosts} hosts.`
        : `${hosts} hosts have a value, ${values === hosts ? 'all different' : `${values} different ones`}.`;
  return [...first, spread].join(' ');
}

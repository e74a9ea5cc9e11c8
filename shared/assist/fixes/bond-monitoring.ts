import { entryOf, type MapNode } from '../../source/source-node.ts';
import { nodesAt } from './find-node.ts';
import type { Finding, Fix } from './fix.ts';
import { insertEntry, onLine } from './insert-entry.ts';

/** Adds the check of its links that a bond is advised to have, with the value of the advice. */
export function bondMonitoringFixes({ document, span, diagnostic }: Finding): Fix[] {
  const [, key, value] = /add “([^”:]+): (\d+)”/.exec(diagnostic.message) ?? [];
  // Those of network_data stand in JSON, which a line of YAML would break.
  if (key === undefined || value === undefined || key.startsWith('bond_')) return [];
  const [found] = nodesAt(document.root, span);
  const bond = found?.isKey === true ? found.entry?.value : found?.parent;
  if (bond?.type !== 'map') return [];
  const place = placeOf(bond, key);
  if (place === undefined) return [];
  const { map, section } = place;
  const entry = `${key}: ${value}`;
  const edit =
    section === undefined
      ? insertEntry(map, key, onLine(value))
      : insertEntry(map, section, { type: 'lines', lines: [entry], flow: `{${entry}}` });
  return [
    { title: `Add “${entry}”`, isPreferred: true, documents: [{ path: document.path, edits: [edit] }] },
  ];
}

/** The mapping that takes the parameter, and the section to be made in it where there is none. */
function placeOf(bond: MapNode, key: string): { map: MapNode; section?: string } | undefined {
  let map = bond;
  for (const section of sectionsOf(key)) {
    const entry = entryOf(map, section);
    if (entry === undefined) return { map, section };
    if (entry.value.type !== 'map') return undefined;
    map = entry.value;
  }
  return { map };
}

/** By the spelling of the parameter, which each format has its own of. */
function sectionsOf(key: string): readonly string[] {
  if (key.startsWith('bond-')) return ['params'];
  return key === 'miimon' ? ['link-aggregation', 'options'] : ['parameters'];
}

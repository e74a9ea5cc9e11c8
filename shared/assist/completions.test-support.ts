import { createSourceText, offsetAt } from '../source/source-text.ts';
import { type Completion, completionsAt } from './completions.ts';
import type { SiteNames } from './site-names.ts';

export const site: SiteNames = {
  profiles: ['edge-node', 'storage-node'],
  networks: ['bonded'],
  userData: ['base', 'ephemeral'],
  images: ['edge-node'],
  hosts: ['cp-1'],
  elements: ['site-tools'],
  bases: ['debian-minimal'],
  secrets: ['bmc-rack-1'],
  interfaces: ['eno1', 'eno2'],
  variables: ['oam-address'],
};

/** Where the cursor stands in the texts below. */
export const mark = '¦';

export function complete(path: string, marked: string): Completion[] {
  const offset = marked.indexOf(mark);
  return completionsAt({ path, text: marked.replace(mark, ''), offset, site });
}

/** The text after the completion of this label was taken, cursor left out. */
export function taken(path: string, marked: string, label: string): string {
  const text = marked.replace(mark, '');
  const found = complete(path, marked).find((completion) => completion.label === label);
  if (found === undefined) return `no completion ${label}`;
  const source = createSourceText(path, text);
  return (
    text.slice(0, offsetAt(source, found.range.start)) +
    found.insertText +
    text.slice(offsetAt(source, found.range.end))
  );
}

export const labels = (path: string, marked: string) => complete(path, marked).map(({ label }) => label);

export const host = 'hosts/cp-1.yaml';
export const profile = 'profiles/edge-node.yaml';
export const network = 'networks/bonded.yaml';
export const userData = 'user-data/base.yaml';
export const image = 'images/edge-node.yaml';
export const head = 'apiVersion: siteforge/v1\nkind: Host\nmetadata: {name: cp-1}\nspec:\n';

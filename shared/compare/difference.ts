import type { Place } from '../source/source-place.ts';

/** What a difference is about, in the order in which people ask. */
export const topics = [
  'names',
  'role',
  'profile',
  'image',
  'addresses',
  'MAC addresses',
  'routes',
  'name servers',
  'links',
  'link settings',
  'kernel arguments',
  'kernel',
  'packages',
  'accounts',
  'files',
  'commands',
  'units',
  'time',
  'trust',
  'elements',
  'image settings',
  'other settings',
] as const;
export type Topic = (typeof topics)[number];

/** One thing that differs, in words. */
export interface Difference {
  readonly topic: Topic;
  /** `address of bond0.100` */
  readonly what: string;
  /** Undefined: it is not there. */
  readonly here: string | undefined;
  readonly there: string | undefined;
  /** Where the documents of the site say it. */
  readonly hereAt?: Place | undefined;
  readonly thereAt?: Place | undefined;
}

export function topicsOf(differences: readonly Difference[]): Topic[] {
  const found = new Set(differences.map(({ topic }) => topic));
  return topics.filter((topic) => found.has(topic));
}

export function sortedByTopic(differences: readonly Difference[]): Difference[] {
  return [...differences].sort((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic));
}

/** `.11 → .12`: of two addresses of a subnet only what differs; else both values, or the one that came or went. */
export function shortChange({ here, there }: Difference): string {
  if (there === undefined) return `+ ${here ?? ''}`;
  if (here === undefined) return `− ${there}`;
  const [a, b] = [withoutPrefix(here), withoutPrefix(there)];
  const common = a.lastIndexOf('.') + 1;
  const isAddress = /^\d{1,3}(\.\d{1,3}){3}$/;
  const sameSubnet = isAddress.test(a) && isAddress.test(b) && a.slice(0, common) === b.slice(0, common);
  return sameSubnet && a !== b ? `.${b.slice(common)} → .${a.slice(common)}` : `${there} → ${here}`;
}

function withoutPrefix(address: string): string {
  return address.replace(/\/\d{1,3}$/, '');
}

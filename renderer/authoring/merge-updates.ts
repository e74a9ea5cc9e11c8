import type { SessionUpdate } from '#shared/site/session.ts';

/** Two updates in a row as one: parts of the second replace those of the first. */
export function mergeUpdates(first: SessionUpdate | undefined, second: SessionUpdate): SessionUpdate {
  if (first === undefined) return second;
  const rendered = second.rendered === undefined ? first.rendered : second.rendered;
  const hostPaths = second.hostPaths ?? first.hostPaths;
  return {
    overview: { ...first.overview, ...second.overview },
    ...(hostPaths === undefined ? {} : { hostPaths }),
    hosts: [...first.hosts, ...second.hosts],
    diagnostics: [...first.diagnostics, ...second.diagnostics],
    ...(rendered === undefined ? {} : { rendered }),
    pending: second.pending,
  };
}

import { create } from 'zustand';
import type { OpenedSite, RecentSite } from '#shared/contract.ts';
import type { Failure } from '#shared/errors.ts';
import type { SessionUpdate } from '#shared/site/session.ts';
import type { Overview } from '../authoring/protocol.ts';
import { useDocuments } from './documents.ts';

export interface SiteIdentity {
  readonly siteId: string;
  readonly name: string;
  readonly folder: string;
  readonly readOnly: boolean;
}

interface SiteState {
  readonly status: 'starting' | 'none' | 'open';
  readonly site: SiteIdentity | undefined;
  readonly recent: readonly RecentSite[];
  /** What the site's folder holds beside its documents. */
  readonly otherPaths: readonly string[];
  /** Why the site's folder cannot be reached; the texts are kept in the window meanwhile. */
  readonly vanished: Failure | undefined;
  /** Undefined until the first verdict. */
  readonly overview: Overview | undefined;
  /** Global: preview, stamp and the rest follow it. */
  readonly chosenHost: string | null;
}

export const useSite = create<SiteState>()(() => ({
  status: 'starting',
  site: undefined,
  recent: [],
  otherPaths: [],
  vanished: undefined,
  overview: undefined,
  chosenHost: null,
}));

const hostKey = (siteId: string) => `siteforge.host.${siteId}`;

export function identityOf(opened: OpenedSite): SiteIdentity {
  const { siteId, name, folder, readOnly } = opened;
  return { siteId, name, folder, readOnly };
}

export function chooseHost(name: string | null): void {
  const { site, chosenHost } = useSite.getState();
  if (name === chosenHost) return;
  useSite.setState({ chosenHost: name });
  if (site !== undefined && name !== null) localStorage.setItem(hostKey(site.siteId), name);
}

/**
 * Keeps the choice while its host exists, follows it when it was renamed (same document, new name), and takes the
 * one of last time or the first otherwise.
 */
export function hostAfter(
  chosen: string | null,
  before: Pick<Overview, 'hosts'> | undefined,
  after: Pick<Overview, 'hosts'>,
  lastTime: string | null,
): string | null {
  const exists = (name: string | null) => name !== null && after.hosts.some((host) => host.name === name);
  if (exists(chosen)) return chosen;
  const path = before?.hosts.find((host) => host.name === chosen)?.path;
  const renamed = path === undefined ? undefined : after.hosts.find((host) => host.path === path);
  if (renamed !== undefined) return renamed.name;
  return exists(lastTime) ? lastTime : (after.hosts[0]?.name ?? null);
}

const noOverview: Overview = {
  name: '',
  release: '',
  documents: [],
  hosts: [],
  profiles: [],
  networks: [],
  userData: [],
  images: [],
};

/** The list of hosts after an update; the same list when the update does not touch it. */
export function hostsAfter(
  hosts: Overview['hosts'],
  { hostPaths, hosts: changed }: Pick<SessionUpdate, 'hostPaths' | 'hosts'>,
): Overview['hosts'] {
  if (hostPaths === undefined && changed.length === 0) return hosts;
  const byPath = new Map([...hosts, ...changed].map((host) => [host.path, host]));
  return (hostPaths ?? hosts.map(({ path }) => path)).flatMap((path) => byPath.get(path) ?? []);
}

/** Takes the parts of the overview that changed; the others stay the objects that they are. */
export function applyOverview(update: Pick<SessionUpdate, 'overview' | 'hostPaths' | 'hosts'>): void {
  const { site, overview: before, chosenHost } = useSite.getState();
  const known = before ?? noOverview;
  const hosts = hostsAfter(known.hosts, update);
  if (before !== undefined && hosts === known.hosts && Object.keys(update.overview).length === 0) return;
  const overview = { ...known, ...update.overview, hosts };
  // The first time, the host whose document is open is meant; it may have been opened before hosts were known.
  const { active } = useDocuments.getState();
  const opened = before === undefined ? hosts.find(({ path }) => path === active)?.name : undefined;
  const lastTime = site === undefined ? null : localStorage.getItem(hostKey(site.siteId));
  useSite.setState({ overview, chosenHost: hostAfter(opened ?? chosenHost, before, overview, lastTime) });
}

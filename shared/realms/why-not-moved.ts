import type { SiteDocument } from '../site/document.ts';
import { networkMoveOf } from './baked-network.ts';
import { withoutGiven } from './leave-out.ts';
import type { Misplaced } from './misplaced.ts';
import { countOfHosts, type HostOfSite, hostsOfProfile, type SiteAround } from './site-around.ts';

/** More hosts than this are no choice: which of them is meant is not to be seen from a list. */
const mostHostsOffered = 8;

/** Why no fix moves a setting, other than by what its target says: half a sentence, and what to do as another. */
export function whyNotMoved(
  document: SiteDocument,
  misplaced: Misplaced,
  site: SiteAround,
): string | undefined {
  const { network, leaveOut, move, byHand } = misplaced;
  if (network !== undefined) return textOf(networkMoveOf(document, misplaced, site));
  if (leaveOut !== undefined) return textOf(withoutGiven(document, misplaced, site));
  if (move === undefined) return byHand ?? ofUserData(document, misplaced);
  if (move.to !== 'host') return undefined;
  const hosts = hostsOfProfile(document, site);
  if (hosts === undefined || (hosts.length > 0 && hostsFor(document, misplaced, site).length > 0))
    return undefined;
  const which = hosts.length === 0 ? '' : ', and it names none of them';
  return `${countOfHosts(hosts)}${which}. Write it under “kernelArguments” of the one that it is for`;
}

/** What a fragment does by commands and files has a counterpart of which nothing is certain. */
function ofUserData({ kind }: SiteDocument, { home }: Misplaced): string | undefined {
  if (kind !== 'cloud-config') return undefined;
  if (home === 'day-2') return 'nothing that is stamped comes that late. Take it out here';
  return home === 'host'
    ? 'only you can say which host it is for. Write it in the document of that host or in networks/, and take it out here'
    : 'only you can say what it comes to there. Write that there, and take it out here';
}

function textOf(answer: unknown): string | undefined {
  return typeof answer === 'string' ? answer : undefined;
}

/** The hosts that a setting may be for: those that it names, or else all of the profile. None where those are too many. */
export function hostsFor(
  profile: SiteDocument,
  { label }: Misplaced,
  site: SiteAround,
): readonly HostOfSite[] {
  const hosts = hostsOfProfile(profile, site) ?? [];
  const words = new Set(label.split(/[=:\s"]+/));
  const named = hosts.filter(
    ({ reading, claims }) =>
      words.has(String(reading.name?.value)) || claims.some((claim) => words.has(claim)),
  );
  const found = named.length > 0 ? named : hosts;
  return found.length > mostHostsOffered ? [] : found;
}

import { type Difference, shortChange, type Topic, topicsOf } from '#shared/compare/difference.ts';
import type { Freshness } from '#shared/compare/freshness.ts';

/** Topics that are told with their change; the others are only named. */
const toldTopics = 2;

/** Topics of which the change itself says enough; of others it is said what changed. */
const named: ReadonlySet<Topic> = new Set([
  'names',
  'role',
  'profile',
  'addresses',
  'MAC addresses',
  'kernel arguments',
  'packages',
]);

/** `addresses .11 → .12, packages + htop and 2 more, files`. */
export function changeWords(differences: readonly Difference[]): string {
  const words = topicsOf(differences).map((topic, index) => {
    const own = differences.filter((each) => each.topic === topic);
    const [first] = own;
    if (first === undefined || index >= toldTopics) return topic;
    const more = own.length > 1 ? ` and ${own.length - 1} more` : '';
    const what = named.has(topic) ? topic : first.what;
    return `${what} ${shortened(shortChange(first))}${more}`;
  });
  return words.join(', ');
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

export type Verdict = 'unknown' | 'as-stamped' | 'never-stamped' | 'stamp-again' | 'rebuild';

/** The dearest of what is due: what is baked comes with a build only. */
export function verdictOf({ stamp, build }: Freshness): Verdict {
  if (build !== undefined && build.differences.length > 0) return 'rebuild';
  if (stamp === undefined) return build === undefined ? 'unknown' : 'never-stamped';
  const isChanged =
    stamp.changedDocuments.length > 0 || stamp.imageIsNewer || stamp.changedSecrets.length > 0;
  return isChanged ? 'stamp-again' : 'as-stamped';
}

/** Why a build is due. */
export function buildReasons({ image, at, differences }: NonNullable<Freshness['build']>): string {
  return `${image} of ${momentWords(at)}: ${changeWords(differences)}`;
}

/** Why a stamp is due. */
export function stampReasons(stamp: NonNullable<Freshness['stamp']>): string {
  const { at, differences, changedDocuments, imageIsNewer, changedSecrets } = stamp;
  const changes = differences.length > 0 ? changeWords(differences) : changedDocuments.join(', ');
  const image = imageIsNewer ? 'the image was built again' : '';
  const secrets =
    changedSecrets.length === 0
      ? ''
      : `${changedSecrets.length === 1 ? 'the secret' : 'the secrets'} ${changedSecrets.join(', ')} set anew`;
  return `${momentWords(at)}: ${[changes, secrets, image].filter((each) => each !== '').join('; ')}`;
}

/** In the language of the window: `21 Nov, 08:15`. */
const moment = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

export function momentWords(at: number): string {
  return moment.format(at);
}

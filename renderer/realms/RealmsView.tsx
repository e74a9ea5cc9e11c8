import type { Place } from '#shared/source/source-place.ts';
import './realms.css';
import { CalendarClock, Disc3, type LucideIcon, Stamp } from 'lucide-react';
import type { HostRealms, RealmEntry, RealmGroup } from '#shared/realms/host-realms.ts';
import type { Home } from '#shared/realms/misplaced.ts';
import { goToPlace, placeWords } from '../preview/go-to-place.ts';
import { useAnswer } from '../preview/use-answer.ts';
import { useSite } from '../state/site.ts';

interface Realm {
  readonly id: 'baked' | 'stamped' | 'neither';
  readonly title: string;
  readonly icon: LucideIcon;
  readonly words: string;
}

const realms: readonly Realm[] = [
  {
    id: 'baked',
    title: 'Baked',
    icon: Disc3,
    words: 'In the image, for every host that boots it. A change costs a build.',
  },
  {
    id: 'stamped',
    title: 'Stamped',
    icon: Stamp,
    words: 'In the seed of this host alone. A change costs milliseconds.',
  },
  {
    id: 'neither',
    title: 'Neither',
    icon: CalendarClock,
    words: 'On no medium: day 2, and what no host is told.',
  },
];

const belongsWords: Readonly<Record<Home, string>> = {
  profile: 'belongs to the profile',
  site: 'belongs to site.yaml',
  host: 'belongs to the host',
  'day-2': 'belongs to day 2',
};

/** For the chosen host, side by side: what its image holds, what its seed adds, and what comes from neither. */
export function RealmsView() {
  const host = useSite((state) => state.chosenHost);
  const found = useAnswer(host === null ? undefined : { kind: 'realms', host });
  if (host === null) {
    return (
      <div className="empty">
        <h2>No host is chosen</h2>
        <p>
          Choose one in the table: what is baked for it, what is stamped and what neither carries is shown
          here.
        </p>
      </div>
    );
  }
  return (
    <div className="realms">
      {realms.map((realm) => (
        <RealmColumn key={realm.id} realm={realm} host={host} groups={found?.[realm.id]} />
      ))}
    </div>
  );
}

interface ColumnProps {
  readonly realm: Realm;
  readonly host: string;
  /** Undefined until the first answer. */
  readonly groups: HostRealms[Realm['id']] | undefined;
}

function RealmColumn({ realm: { id, title, icon: Icon, words }, host, groups }: ColumnProps) {
  const count = groups?.reduce((sum, { entries }) => sum + entries.length, 0);
  return (
    <section className="realm" aria-label={`${title}: ${host}`}>
      <header className="realm-header">
        <h2>
          <Icon size={16} aria-hidden /> {title} <span className="muted small tabular">{count}</span>
        </h2>
        <p className="muted small">{words}</p>
      </header>
      <div className="realm-groups">
        {groups?.map((group, index) => (
          <Group
            key={`${group.path ?? ''} ${group.title}`}
            group={group}
            realm={id}
            isSameDocument={group.path === groups[index - 1]?.path}
          />
        ))}
        {count === 0 && <p className="realm-nothing muted">Nothing.</p>}
      </div>
    </section>
  );
}

interface GroupProps {
  readonly group: RealmGroup;
  readonly realm: Realm['id'];
  /** As the group above it, whose head names the document. */
  readonly isSameDocument: boolean;
}

function Group({ group: { title, path, entries }, realm, isSameDocument }: GroupProps) {
  return (
    <div className="realm-group">
      <h3 className="realm-group-title">
        <span className="truncate">{title}</span>
        {path !== undefined && !isSameDocument && <span className="muted small truncate">{path}</span>}
      </h3>
      <ul>
        {entries.map((entry, index) => (
          // Two settings may say the same, and rows keep no state of their own.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={`${realm} ${index}`}>
            <Entry entry={entry} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Entry({ entry }: { readonly entry: RealmEntry }) {
  const { place } = entry;
  if (place === undefined) {
    return (
      <div className="realm-entry realm-entry-plain">
        <EntryWords entry={entry} />
      </div>
    );
  }
  return <PlacedEntry entry={entry} place={place} />;
}

function PlacedEntry({ entry, place }: { readonly entry: RealmEntry; readonly place: Place }) {
  return (
    <button
      type="button"
      className="realm-entry"
      title={`${[entry.label, entry.value].filter((word) => word !== '').join(': ')}\n${placeWords(place)}`}
      onClick={() => goToPlace(place)}
    >
      <EntryWords entry={entry} />
      <span className="realm-line muted small tabular" aria-hidden>
        {place.range.start.line}
      </span>
      <span className="visually-hidden">, {placeWords(place)}</span>
    </button>
  );
}

function EntryWords({ entry: { label, value, place, belongs } }: { readonly entry: RealmEntry }) {
  return (
    <span className="realm-words">
      <span className={place === undefined ? 'truncate' : 'code truncate'}>{label}</span>
      {value !== '' && (
        <span className={place === undefined ? 'realm-value muted' : 'realm-value code muted truncate'}>
          {value}
        </span>
      )}
      {belongs !== undefined && <span className="realm-belongs small">{belongsWords[belongs]}</span>}
    </span>
  );
}

import { armouredKeyProblem } from '../schema/host-profile-key.ts';
import { childOf, entryOf, type MapEntry, type SourceNode, stringOf } from '../source/source-node.ts';
import { type Addition, differsByHost, type Misplaced } from './misplaced.ts';

const message =
  'Repositories belong to the host profile, under “repositories”: what comes from them is installed when the image is built.';

/** Each of apt.sources of a cloud-config (cloudinit/config/cc_apt_configure.py, `add_apt_sources`). */
export function misplacedSources(root: SourceNode): Misplaced[] {
  const apt = entryOf(root, 'apt');
  const sources = entryOf(apt?.value, 'sources');
  if (apt === undefined || sources?.value.type !== 'map') return [];
  const { entries } = sources.value;
  return entries.map((source): Misplaced => {
    const label = `apt source ${String(source.key.value)}`;
    const read = repositoryOf(source);
    const found = { home: 'profile' as const, place: source.key, label };
    if (typeof read === 'string') return { ...found, message, byHand: read };
    const from =
      entries.length > 1
        ? { parent: sources.value, key: source.key }
        : apt.value.type === 'map' && apt.value.entries.length > 1
          ? { parent: apt.value, key: sources.key }
          : { parent: root, key: apt.key };
    return { ...found, message, move: { to: 'profile', additions: [read], from } };
  });
}

const carried = ['source', 'key', 'filename', 'append'];

/** The repository of a profile that a source amounts to, or why it amounts to none and what to do, without a stop. */
function repositoryOf({ key: name, value }: MapEntry): Addition | string {
  const source = stringOf(value, 'source');
  if (value.type !== 'map' || source === undefined)
    return 'it names no source. Write a line such as “deb http://packages.edge.example/debian bookworm main” under “source”, or take it out';
  const keyId = childOf(value, 'keyid');
  const key = stringOf(value, 'key');
  if (key === undefined && keyId?.type === 'scalar')
    return `its key is only named, ${String(keyId.value)}, and each host would fetch it. Fetch it once (gpg --recv-keys, gpg --export --armor) and write it under “key” here, or of the repository in the profile`;
  const other = value.entries.find(
    (entry) =>
      entry.key.value !== 'keyid' &&
      entry.key.value !== 'keyserver' &&
      !carried.includes(String(entry.key.value)),
  );
  if (other !== undefined)
    return `a repository of a profile has no “${String(other.key.value)}”. Write there what it has words for, and take it out here`;
  if (key !== undefined && armouredKeyProblem(key) !== undefined)
    return 'its key is no whole armoured public key. Write it as gpg --export --armor gives it';
  if (differsByHost(source))
    return 'it differs from host to host, and a profile holds for all its hosts. Write one there that all of them reach, and take it out here';
  return repositoryFrom(String(name.value), source, key);
}

/** sources.list(5), “ONE-LINE-STYLE FORMAT”. */
export function repositoryFrom(name: string, source: string, key: string | undefined): Addition | string {
  const [, options = '', uri = '', suite = '', rest = ''] =
    /^deb\s+(?:\[([^\]]*)\]\s*)?(https?:\/\/\S+)\s+(\S+)((?:\s+\S+)*)\s*$/.exec(source) ?? [];
  if (uri === '')
    return 'only a line such as “deb http://packages.edge.example/debian bookworm main” can be read here. Write it so, or the repository in the profile';
  const unresolved = /\$(MIRROR|RELEASE|KEY_FILE)\b/.exec(`${uri} ${suite} ${rest}`)?.[0];
  if (unresolved !== undefined)
    return `${unresolved} is filled in on the host. Write the name itself, for example bookworm`;
  // Images are made for amd64, and what is signed by the key of this source is said by the key.
  const known = (option: string) =>
    /^arch(\+?)=([a-z0-9]+,)*amd64(,|$)/.test(option) ||
    (key !== undefined && option === 'signed-by=$KEY_FILE');
  const unknown = options.split(/\s+/).find((option) => option !== '' && !known(option));
  if (unknown !== undefined)
    return `a repository of a profile has no word for [${unknown}]. Write the rest there, and take it out here`;
  const components = rest.split(/\s+/).filter((word) => word !== '');
  const ownName = name
    .toLowerCase()
    .replace(/\.(list|sources)$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return {
    path: ['repositories'],
    item: {
      name: ownName === '' ? 'site' : ownName.slice(0, 63),
      uri,
      suites: [suite],
      ...(components.length === 0 ? {} : { components }),
      ...(key === undefined ? {} : { key }),
    },
  };
}

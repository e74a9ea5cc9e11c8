import { formatIpAddress } from '../network/addresses.ts';
import type { NetworkModel } from '../network/model.ts';
import type { SiteDocument } from '../site/document.ts';
import { readDocument } from '../site/document.ts';
import { nameProblem } from '../site/document-name.ts';
import { checkHostNetwork } from '../site/host-network.ts';
import { editValue } from '../source/edit-value.ts';
import { childOf, entryOf, type MapNode, type SourceNode, stringOf } from '../source/source-node.ts';
import { differsByHost, type Misplaced } from './misplaced.ts';
import { countOfHosts, type HostOfSite, hostsOfProfile, type SiteAround } from './site-around.ts';

/** What becomes of a network for netplan in a profile: a document of its own, to which its host refers. */
export interface NetworkMove {
  readonly host: SiteDocument;
  /** The host with a reference to it. */
  readonly hostText: string;
  readonly path: string;
  readonly text: string;
}

/** The move, or why there is none, as half a sentence; undefined for what is no network and while it is not known. */
export function networkMoveOf(
  profile: SiteDocument,
  misplaced: Misplaced,
  site: SiteAround,
): NetworkMove | string | undefined {
  const { network } = misplaced;
  const hosts = hostsOfProfile(profile, site);
  if (network === undefined || hosts === undefined) return undefined;
  const [host] = hosts;
  if (host === undefined)
    return `${countOfHosts(hosts)} yet. Write it in networks/ for the host that will have it, and take the file out here`;
  if (hosts.length > 1)
    return `${countOfHosts(hosts)}, and an address is one host’s alone. Write in networks/ what each of them has, and take the file out here`;
  if (network.isOneOfSeveral)
    return 'netplan reads it together with others of this profile. Make one file of them first';
  const { document } = host.reading;
  const target = targetOf(document, site.documents);
  if (typeof target === 'string') return target;
  const read = networkFor(misplaced, network.text, target.path, host);
  if ('why' in read) return read.why;
  const taken = ownedByOthers(read.model, host, site.hosts);
  if (taken !== undefined) return taken;
  return { host: document, hostText: target.hostText, path: target.path, text: read.text };
}

interface Target {
  readonly path: string;
  readonly hostText: string;
}

/** Where the network of a host goes that has none. */
function targetOf(host: SiteDocument, documents: readonly SiteDocument[]): Target | string {
  if (host.break !== undefined || host.root === undefined)
    return `${host.path} cannot be read to its end. Mend it first`;
  const network = childOf(childOf(host.root, 'spec'), 'network');
  const reference = stringOf(network, 'ref');
  const present = documents.find(({ kind, name }) => kind === 'network-config' && name === reference);
  if (present !== undefined || !(reference !== undefined || isEmpty(network))) {
    const where = present?.path ?? host.path;
    return `${host.name} has a network already, in ${where}. Write there what it lacks, and take the file out here`;
  }
  const paths = documents.map(({ path }) => path);
  const names = reference === undefined ? [host.name, `${host.name}-network`] : [reference];
  const name = names.find((each) => nameProblem(each, 'networks', paths) === undefined);
  if (name === undefined)
    return `networks/${names[0] ?? ''}.yaml is there already, or no name for a document. Write there what the host lacks, and take the file out here`;
  const path = `networks/${name}.yaml`;
  if (reference !== undefined) return { path, hostText: host.source.text };
  const value = { ref: name };
  const changed = editValue(host.source.text, {
    type: 'set',
    path: ['spec', 'network'],
    value,
    order: [...keysBefore, 'network', ...keysBehind],
  });
  return changed.ok
    ? { path, hostText: changed.text }
    : `the text of ${host.path} has no place for a network. Write what the file says in networks/, refer to it there, and take the file out here`;
}

const keysBefore = ['domain', 'role', 'profile', 'macs', 'bmc'];
const keysBehind = ['userData', 'variables', 'kernelArguments'];

function isEmpty(node: SourceNode | undefined): boolean {
  if (node === undefined) return true;
  return node.type === 'scalar' ? node.value === null : node.type === 'map' && node.entries.length === 0;
}

type NetworkRead =
  | { readonly why: string }
  | { readonly text: string; readonly model: NetworkModel | undefined };

const reads = new WeakMap<Misplaced, { host: SiteDocument; path: string; read: NetworkRead }>();

/** The document as it would be, judged with the values of its host. Done once for each text of both. */
function networkFor(misplaced: Misplaced, text: string, path: string, host: HostOfSite): NetworkRead {
  const { document } = host.reading;
  const before = reads.get(misplaced);
  if (before?.host === document && before.path === path) return before.read;
  const read = readNetwork(text, path, host);
  reads.set(misplaced, { host: document, path, read });
  return read;
}

function readNetwork(content: string, path: string, { reading, values }: HostOfSite): NetworkRead {
  if (differsByHost(content))
    return {
      why: 'in networks/ what stands between (( and )) is filled in, and here it is not. Write it there without these, and take the file out here',
    };
  const given = content.endsWith('\n') ? content : `${content}\n`;
  const network = entryOf(readDocument(path, given, 'network-config').root, 'network')?.value;
  if (network?.type !== 'map')
    return { why: 'netplan reads only what stands below “network”. Write it there, or take the file out' };
  const text = withVersion(given, network);
  const document = readDocument(path, text, 'network-config');
  if (document.root === undefined) return { why: 'it holds nothing. Take it out' };
  const checked = checkHostNetwork(document.root, values, reading, document.break !== undefined);
  const [error] = [...document.diagnostics, ...checked.diagnostics].filter(
    ({ severity }) => severity === 'error',
  );
  if (error !== undefined)
    return { why: `in networks/ it would have an error: ${error.message.replace(/\.$/, '')}` };
  return { text, model: checked.model };
}

/** netplan takes it for granted, cloud-init does not. */
function withVersion(text: string, { entries }: MapNode): string {
  const keys = entries.map(({ key }) => String(key.value));
  if (keys.includes('version')) return text;
  const order = ['version', ...keys];
  const changed = editValue(text, { type: 'set', path: ['network', 'version'], value: 2, order });
  return changed.ok ? changed.text : text;
}

function ownedByOthers(
  model: NetworkModel | undefined,
  host: HostOfSite,
  hosts: readonly HostOfSite[],
): string | undefined {
  const own = new Set<string>();
  for (const { addresses, match, macAddress } of model?.links ?? []) {
    for (const { value } of addresses) own.add(formatIpAddress(value.address));
    for (const mac of [match?.macAddress, macAddress]) if (mac !== undefined) own.add(mac.value);
  }
  for (const other of hosts) {
    const claim = other === host ? undefined : other.claims.find((each) => own.has(each));
    if (claim !== undefined)
      return `${claim} belongs to ${other.reading.document.name}. Change one of both first`;
  }
  return undefined;
}

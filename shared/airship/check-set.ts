import { childOf, entryOf } from '../source/source-node.ts';
import type { DocumentSink } from './document-sink.ts';
import type { AirshipHost } from './hosts.ts';
import { ephemeralHostLabel, ephemeralUserDataLabel, isLabelled } from './labels.ts';
import { type KubernetesDocument, startOf } from './read-documents.ts';
import type { Secret } from './secrets.ts';

/** The set as it was read. */
export interface AirshipSet {
  readonly documents: readonly KubernetesDocument[];
  readonly hosts: readonly AirshipHost[];
  readonly secrets: readonly Secret[];
  /** Whether a document could not be read: what is missing may stand in it. */
  readonly isBroken: boolean;
}

/**
 * What airshipctl needs of a set to make the ephemeral ISO (pkg/bootstrap/cloudinit): one host and one Secret with
 * their labels, and the host's network. A set of other hosts alone has neither, and is only warned of.
 */
export function checkEphemeral(
  { documents, hosts, secrets, isBroken }: AirshipSet,
  sink: DocumentSink,
): Secret | undefined {
  const [first] = documents;
  if (first === undefined) return undefined;
  const labelled = secrets.filter(({ labels }) => isLabelled(labels, ephemeralUserDataLabel, sink));
  const [ephemeral, ...further] = hosts.filter(({ isEphemeral }) => isEphemeral);
  const [userData, ...moreUserData] = labelled;
  for (const host of further) {
    const message = `${ephemeral?.name} is the ephemeral host already (${ephemeral?.origin}). A set has one host with the label ${ephemeralHostLabel}.`;
    sink.at(labelOf(host) ?? host.place, 'error', 'airship-ephemeral', message);
  }
  for (const { labels, place } of moreUserData) {
    const message = `${userData?.name} holds the user-data of the ephemeral host already (${userData?.origin}). A set has one Secret with the label ${ephemeralUserDataLabel}.`;
    sink.at(entryOf(labels, ephemeralUserDataLabel)?.key ?? place, 'error', 'airship-ephemeral', message);
  }
  if (ephemeral === undefined && !isBroken) {
    const isOther = hosts.length > 0 && userData === undefined;
    const message =
      hosts.length === 0
        ? 'The set has no BareMetalHost: nothing can be imported as a host.'
        : `No BareMetalHost is the ephemeral one: none has the label ${ephemeralHostLabel}: "true".`;
    const place = hosts[0]?.place ?? startOf(first.root);
    sink.at(place, isOther ? 'warning' : 'error', 'airship-ephemeral', message);
  }
  if (userData === undefined && !isBroken && (ephemeral !== undefined || hosts.length === 0)) {
    const place = (ephemeral && (labelOf(ephemeral) ?? ephemeral.place)) ?? startOf(first.root);
    const unlabelled = secrets.find(({ values }) => values.has('userData'));
    const hint = unlabelled === undefined ? '' : ` ${unlabelled.name} has user-data and lacks the label.`;
    const message = `No Secret holds the user-data of the ephemeral host: none has the label ${ephemeralUserDataLabel}: "true".${hint}`;
    sink.at(unlabelled?.place ?? place, 'error', 'airship-ephemeral', message);
  }
  if (userData !== undefined && !userData.values.has('userData') && !userData.unreadable.has('userData')) {
    const message = `The Secret ${userData.name} has the label ${ephemeralUserDataLabel}, but no key “userData”.`;
    sink.at(userData.place, 'error', 'airship-secret', message);
  }
  if (ephemeral !== undefined && ephemeral.networkData === undefined && !hasKey(ephemeral, 'networkData')) {
    const place = entryOf(ephemeral.root, 'spec')?.key ?? ephemeral.place;
    const message = `The ephemeral host ${ephemeral.name} names no Secret under “networkData”: it would boot without a network.`;
    sink.at(place, 'error', 'key-missing', message);
  }
  return userData;
}

function labelOf({ root }: AirshipHost) {
  return entryOf(childOf(childOf(root, 'metadata'), 'labels'), ephemeralHostLabel)?.key;
}

/** A reference that is there and wrong was reported. */
function hasKey({ root }: AirshipHost, key: string): boolean {
  const node = childOf(childOf(root, 'spec'), key);
  return node !== undefined && !(node.type === 'scalar' && node.value === null);
}

/** Of two documents of one kind, name and namespace, Kubernetes keeps the later: most likely one was meant otherwise. */
export function checkNames(documents: readonly KubernetesDocument[], sink: DocumentSink): void {
  const seen = new Map<string, KubernetesDocument>();
  for (const document of documents) {
    const { kind, name, namespace, root } = document;
    if (name === undefined) continue;
    const key = `${kind}\n${namespace ?? ''}\n${name}`;
    const other = seen.get(key);
    if (other === undefined) seen.set(key, document);
    else {
      const place = childOf(childOf(root, 'metadata'), 'name') ?? startOf(root);
      const message = `There is a ${kind} ${name} already (${other.origin}). The first one is imported.`;
      sink.at(place, 'error', 'name-duplicate', message);
    }
  }
}

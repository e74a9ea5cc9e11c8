import { parseMacAddress } from '../network/mac-address.ts';
import type { HostRole } from '../schema/host.ts';
import { bmcUrl, macAddress } from '../schema/scalars.ts';
import { childOf, entryOf, type ScalarNode, type SourceNode, stringOf } from '../source/source-node.ts';
import type { DocumentSink } from './document-sink.ts';
import { ephemeralHostLabel, isLabelled, labelledRole, roleLabels } from './labels.ts';
import { reportPlaceholders } from './placeholders.ts';
import { checkName, type KubernetesDocument, startOf } from './read-documents.ts';

/** A name with the namespace that it is looked for in. */
export interface SecretReference {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly place: SourceNode;
  /** Whether Kubernetes reads it: not when it stands under `metadata`. */
  readonly isRead: boolean;
}

/** What a BareMetalHost says, as far as a site can take it over. */
export interface AirshipHost {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly root: SourceNode;
  readonly file: string;
  readonly origin: string;
  /** What to point at when something of the host is missing. */
  readonly place: SourceNode;
  readonly isEphemeral: boolean;
  readonly role: HostRole;
  /** The label that gives the role; undefined when none does. */
  readonly roleLabel: string | undefined;
  readonly bootMac: string | undefined;
  readonly bmcAddress: string | undefined;
  readonly bmcCredentials: SecretReference | undefined;
  readonly networkData: SecretReference | undefined;
  /** The network of the image that inspects and installs the host. */
  readonly preprovisioningNetworkData: SecretReference | undefined;
  readonly userData: SecretReference | undefined;
}

/** Keys of a BareMetalHost's spec that are taken over, or that say nothing about the host itself. */
const taken = new Set([
  'bmc',
  'bootMACAddress',
  'networkData',
  'preprovisioningNetworkDataName',
  'userData',
  'online',
]);

const takenOfBmc = new Set(['address', 'credentialsName']);
/** `deploy-k8s` only tells airshipctl not to hand the document to a cluster. */
const takenLabels = new Set<string>([ephemeralHostLabel, ...roleLabels, 'airshipit.org/deploy-k8s']);

/** Reads a BareMetalHost (metal3.io/v1alpha1). */
export function readAirshipHost(document: KubernetesDocument, sink: DocumentSink): AirshipHost | undefined {
  const { name, namespace, root, origin, file } = document;
  checkName(document, sink);
  if (name === undefined) return undefined;
  const metadata = childOf(root, 'metadata');
  const labels = childOf(metadata, 'labels');
  const place = childOf(metadata, 'name') ?? startOf(root);
  reportPlaceholders(root, sink);
  reportNotTaken(root, sink);
  const isEphemeral = isLabelled(labels, ephemeralHostLabel, sink);
  const role = labelledRole(labels, sink);
  const reader = new SpecReader(root, namespace, sink);
  const bmc = reader.value('bmc');
  return {
    name,
    namespace,
    root,
    file,
    origin,
    place,
    isEphemeral,
    role: isEphemeral ? 'ephemeral' : (role?.role ?? 'worker'),
    roleLabel: isEphemeral ? ephemeralHostLabel : role?.label,
    bootMac: bootMacOf(reader.value('bootMACAddress')?.node, sink),
    bmcAddress: addressOf(childOf(bmc?.node, 'address'), sink),
    bmcCredentials: reader.credentials(bmc),
    networkData: reader.reference('networkData'),
    preprovisioningNetworkData: reader.named('preprovisioningNetworkDataName'),
    userData: reader.reference('userData'),
  };
}

function reportNotTaken(root: SourceNode, sink: DocumentSink): void {
  const spec = childOf(root, 'spec');
  if (spec?.type !== 'map') {
    if (spec !== undefined && !(spec.type === 'scalar' && spec.value === null))
      sink.at(spec, 'error', 'value-type', '“spec” of a BareMetalHost is a mapping.');
    return;
  }
  const others = [
    ...keysNotTaken(spec, taken).map((key) => ({ key, name: `“${key.value}”` })),
    ...keysNotTaken(childOf(spec, 'bmc'), takenOfBmc).map((key) => ({ key, name: `“bmc.${key.value}”` })),
    ...metadataNotTaken(childOf(root, 'metadata')),
  ];
  const [first] = others;
  if (first === undefined) return;
  const names = others.map(({ name }) => name).join(', ');
  const message = `A site has no place for ${names} of a BareMetalHost: not taken over.`;
  sink.at(first.key, 'info', 'airship-not-imported', message);
}

function keysNotTaken(node: SourceNode | undefined, known: ReadonlySet<string>): ScalarNode[] {
  if (node?.type !== 'map') return [];
  return node.entries.map(({ key }) => key).filter(({ value }) => !known.has(String(value)));
}

/** Labels and annotations that somebody wrote for a purpose: what tools leave behind says nothing about the host. */
function metadataNotTaken(metadata: SourceNode | undefined): { key: ScalarNode; name: string }[] {
  return ['label', 'annotation'].flatMap((what) =>
    keysNotTaken(childOf(metadata, `${what}s`), takenLabels)
      .filter(({ value }) => !/^(internal\.)?config\.(k8s|kubernetes)\.io\/|^kubectl\./.test(String(value)))
      .map((key) => ({ key, name: `the ${what} “${key.value}”` })),
  );
}

interface Found {
  readonly node: SourceNode;
  readonly isRead: boolean;
}

/** Looks a key up under `spec`, and under `metadata`, where it is put by mistake and Kubernetes passes over it. */
class SpecReader {
  readonly #root: SourceNode;
  readonly #namespace: string | undefined;
  readonly #sink: DocumentSink;

  constructor(root: SourceNode, namespace: string | undefined, sink: DocumentSink) {
    this.#root = root;
    this.#namespace = namespace;
    this.#sink = sink;
  }

  value(key: string): Found | undefined {
    const own = childOf(childOf(this.#root, 'spec'), key);
    if (own !== undefined) return { node: own, isRead: true };
    const misplaced = entryOf(childOf(this.#root, 'metadata'), key) ?? entryOf(this.#root, key);
    if (misplaced === undefined) return undefined;
    const message = `Kubernetes does not read “${key}” here; it belongs under “spec”. It is taken over as if it stood there.`;
    this.#sink.at(misplaced.key, 'warning', 'airship-placement', message);
    return { node: misplaced.value, isRead: false };
  }

  reference(key: string): SecretReference | undefined {
    const found = this.value(key);
    if (found === undefined || (found.node.type === 'scalar' && found.node.value === null)) return undefined;
    const name = childOf(found.node, 'name');
    if (name?.type !== 'scalar' || typeof name.value !== 'string') {
      const message = `“${key}” names a Secret: a mapping with “name” and “namespace”, both text.`;
      this.#sink.at(name ?? found.node, 'error', 'value-type', message);
      return undefined;
    }
    const namespace = stringOf(found.node, 'namespace') ?? this.#namespace;
    return { name: name.value, namespace, place: name, isRead: found.isRead };
  }

  /** A Secret by its name alone: it lies in the namespace of the host. */
  named(key: string): SecretReference | undefined {
    const found = this.value(key);
    // Go takes what is empty for what is not there.
    const isEmpty = found?.node.type === 'scalar' && (found.node.value === null || found.node.value === '');
    return isEmpty ? undefined : this.#named(key, found?.node, found?.isRead);
  }

  credentials(bmc: Found | undefined): SecretReference | undefined {
    return this.#named('credentialsName', childOf(bmc?.node, 'credentialsName'), bmc?.isRead);
  }

  #named(key: string, name: SourceNode | undefined, isRead = true): SecretReference | undefined {
    if (name === undefined) return undefined;
    if (name.type === 'scalar' && typeof name.value === 'string') {
      return { name: name.value, namespace: this.#namespace, place: name, isRead };
    }
    this.#sink.at(name, 'error', 'value-type', `“${key}” is the name of a Secret, as text.`);
    return undefined;
  }
}

function bootMacOf(node: SourceNode | undefined, sink: DocumentSink): string | undefined {
  if (node === undefined) return undefined;
  const mac =
    node.type === 'scalar' && typeof node.value === 'string' ? parseMacAddress(node.value) : undefined;
  if (mac !== undefined && macAddress.safeParse(mac).success) return mac;
  sink.at(
    node,
    'error',
    'network-mac',
    'A MAC address is written as "52:54:00:12:34:56", and is none of a group.',
  );
  return undefined;
}

/** Metal3 takes an address without a protocol for one of IPMI (pkg/hardwareutils/bmc/access.go). */
function addressOf(node: SourceNode | undefined, sink: DocumentSink): string | undefined {
  if (node === undefined) return undefined;
  if (node.type !== 'scalar' || typeof node.value !== 'string') {
    sink.at(node, 'error', 'value-type', 'The address of a BMC is text, for example ipmi://10.0.9.11.');
    return undefined;
  }
  const written = node.value.trim();
  const address = written === '' || written.includes('://') ? written : `ipmi://${written}`;
  const problem = bmcUrl.safeParse(address).error?.issues[0]?.message;
  if (problem === undefined) return address;
  sink.at(node, 'warning', 'airship-not-imported', `${problem} The host is imported without its BMC.`);
  return undefined;
}

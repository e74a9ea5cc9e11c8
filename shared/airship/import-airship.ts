import { DocumentNames } from '../import/document-names.ts';
import type { ImportedDocument, ImportedHost, ImportedSite } from '../import/imported-site.ts';
import { childOf } from '../source/source-node.ts';
import { checkEphemeral, checkNames } from './check-set.ts';
import { cardsOfNetwork, checkUserDataText, readNetworkText, withBootCard } from './content.ts';
import { DocumentSink } from './document-sink.ts';
import { type AirshipHost, readAirshipHost, type SecretReference } from './hosts.ts';
import { type FileIndex, fileBeside, generateSecrets } from './kustomize.ts';
import { reportPlaceholdersOf } from './placeholders.ts';
import { type KubernetesDocument, readDocuments, type SetFile, startOf } from './read-documents.ts';
import { findSecret, readSecret, type Secret, type SecretValue } from './secrets.ts';

export interface ImportedSet {
  readonly site: ImportedSite;
  /** All findings, at the lines of the files that were given. */
  readonly diagnostics: ReturnType<DocumentSink['list']>;
}

/** Files of a folder that hold documents; all others are only read when a document names them. */
const isDocumentFile = (path: string) => /\.(ya?ml|json)$/i.test(path);
/** What stands beside a BareMetalHost in Airship's manifests. */
const contentFile = /(^|[/_])(networkData|userData)$/;

/**
 * Makes a site of a set of Airship documents: BareMetalHosts (metal3.io/v1alpha1) with their Secrets, as `kustomize
 * build` prints them, or as a folder with kustomizations. A single file is read whatever its name is. Never throws:
 * with errors, the site holds what could be read.
 */
export function importAirship(
  files: readonly SetFile[],
  options: { name: string; origin: string },
): ImportedSet {
  const sink = new DocumentSink();
  const index: FileIndex = new Map(files.map((file) => [file.path, file]));
  const documents = files
    .filter(({ path }) => files.length === 1 || isDocumentFile(path))
    .flatMap((file) => readDocuments(file, sink));
  if (documents.length === 0 && sink.count === 0) {
    const source = sink.partOf(files[0]?.path ?? options.origin, '', 1);
    sink.at(
      { source, span: { start: 0, end: 0 } },
      'error',
      'document-empty',
      'There is no document to import.',
    );
  }
  const set = new SetImporter(documents, index, sink);
  return { site: set.site(options), diagnostics: sink.list() };
}

type Content = 'networkData' | 'userData';

class SetImporter {
  readonly #sink: DocumentSink;
  readonly #files: FileIndex;
  readonly #documents: readonly KubernetesDocument[];
  readonly #isBroken: boolean;
  readonly #hosts: readonly AirshipHost[];
  readonly #secrets: readonly Secret[];
  /** Files that something was made of, and Secrets that something refers to. */
  readonly #used = new Set<string>();
  readonly #referred = new Set<Secret>();
  readonly #networkNames = new DocumentNames();
  readonly #fragmentNames = new DocumentNames();
  readonly #networks = new Map<SecretValue, ImportedDocument & { readonly cards: ImportedHost['cards'] }>();
  readonly #fragments = new Map<SecretValue, ImportedDocument>();
  readonly #credentials = new Map<Secret, ImportedDocument>();

  constructor(documents: readonly KubernetesDocument[], files: FileIndex, sink: DocumentSink) {
    this.#sink = sink;
    this.#files = files;
    this.#documents = documents;
    this.#isBroken = sink
      .list()
      .some(({ severity, code }) => severity === 'error' && code.startsWith('yaml-'));
    checkNames(documents, sink);
    const ofKind = (kind: string, group: RegExp) =>
      documents.filter((each) => each.kind === kind && group.test(each.apiVersion));
    const generated = ofKind('Kustomization', /^kustomize\.config\.k8s\.io\//).map((each) =>
      generateSecrets(each, files, sink),
    );
    for (const { used } of generated) for (const path of used) this.#used.add(path);
    const written = ofKind('Secret', /^v1$/).flatMap((each) => readSecret(each, sink) ?? []);
    this.#secrets = [...written, ...generated.flatMap(({ secrets }) => secrets)];
    this.#hosts = withoutRepetitions(
      ofKind('BareMetalHost', /^metal3\.io\//).flatMap((each) => readAirshipHost(each, sink) ?? []),
    );
    this.#reportOthers();
  }

  /** Kinds that a site does not take over. */
  #reportOthers(): void {
    for (const { kind, apiVersion, root } of this.#documents) {
      const isRead =
        (kind === 'BareMetalHost' && apiVersion.startsWith('metal3.io/')) ||
        (kind === 'Secret' && apiVersion === 'v1') ||
        (kind === 'Kustomization' && apiVersion.startsWith('kustomize.config.k8s.io/')) ||
        this.#isIsogen(kind, apiVersion);
      if (isRead) continue;
      const message = `A ${kind} of ${apiVersion} is not imported: a site has no place for it.`;
      this.#sink.at(childOf(root, 'kind') ?? startOf(root), 'info', 'airship-not-imported', message);
    }
  }

  #isIsogen(kind: string, apiVersion: string): boolean {
    return /^(Iso|Image)Configuration$/.test(kind) && apiVersion.startsWith('airshipit.org/');
  }

  site({ name, origin }: { name: string; origin: string }): ImportedSite {
    const ephemeralUserData = checkEphemeral(
      { documents: this.#documents, hosts: this.#hosts, secrets: this.#secrets, isBroken: this.#isBroken },
      this.#sink,
    );
    const names = new DocumentNames();
    const hosts = this.#hosts.map((host) => this.#host(host, names, ephemeralUserData));
    this.#reportUnreferred(ephemeralUserData);
    this.#reportUnusedFiles();
    return {
      name,
      origin,
      hosts,
      networks: [...this.#networks.values()],
      fragments: [...this.#fragments.values()],
      secrets: [...this.#credentials.values()],
      isogen: this.#isogen(),
    };
  }

  #host(host: AirshipHost, names: DocumentNames, ephemeralUserData: Secret | undefined): ImportedHost {
    const [label = '', ...domain] = host.name.split('.');
    const name = names.of(label);
    if (name !== label) {
      const message = `The host is called “${name}” in the site: a name there has at most 63 characters, and no other host has it.`;
      this.#sink.at(host.place, 'warning', 'name-duplicate', message);
    }
    const network = this.#network(host);
    const fragment = this.#userData(host, ephemeralUserData);
    const credentials = this.#bmcCredentials(host.bmcCredentials);
    return {
      name,
      domain: domain.length === 0 ? undefined : domain.join('.'),
      role: host.role,
      origin: `BareMetalHost ${host.name} in ${host.origin}.`,
      roleOrigin:
        host.roleLabel === undefined
          ? 'No label of the BareMetalHost gives a role.'
          : `From the label ${host.roleLabel}.`,
      cards: withBootCard(network?.cards ?? [], host.bootMac),
      bmc: host.bmcAddress === undefined ? undefined : { address: host.bmcAddress, credentials },
      network: network?.name,
      userData: fragment === undefined ? [] : [fragment.name],
    };
  }

  #network(host: AirshipHost) {
    const reference = this.#networkReference(host);
    const found = this.#content(host, reference, 'networkData');
    if (found === undefined) {
      if (reference === undefined && !host.isEphemeral) {
        const message = `${host.name} names no Secret under “networkData”: it is imported with DHCP on the card that boots.`;
        this.#sink.at(host.place, 'warning', 'key-missing', message);
      }
      return undefined;
    }
    const { value, secret } = found;
    let network = this.#networks.get(value);
    if (network === undefined) {
      const root = readNetworkText(value, `The network of ${host.name}`, this.#sink);
      const origin = `${secret.origin}, kept as it is.`;
      network = {
        name: this.#networkNames.of(secret.name),
        text: value.text,
        origin,
        cards: cardsOfNetwork(root),
      };
      this.#networks.set(value, network);
    }
    return network;
  }

  /** Metal3 gives an installed host the network of its installation where it names no other (its hostConfigData). */
  #networkReference({ name, networkData, preprovisioningNetworkData: preliminary }: AirshipHost) {
    if (networkData === undefined || preliminary === undefined) return networkData ?? preliminary;
    const secret = findSecret(this.#secrets, preliminary.name, preliminary.namespace);
    if (secret !== undefined) this.#referred.add(secret);
    if (preliminary.name !== networkData.name) {
      const message = `${name} is imported with the network of “networkData”. That of “preprovisioningNetworkDataName”, for its installation alone, is not taken over.`;
      this.#sink.at(preliminary.place, 'info', 'airship-not-imported', message);
    }
    return networkData;
  }

  /** The ephemeral host boots with the labelled Secret; the others with the one that they name. */
  #userData(host: AirshipHost, labelled: Secret | undefined): ImportedDocument | undefined {
    const own = host.isEphemeral ? labelled?.values.get('userData') : undefined;
    if (own !== undefined && labelled !== undefined) {
      if (host.userData !== undefined && host.userData.name !== labelled.name) {
        const message = `The ephemeral host boots with the user-data of ${labelled.name}, which has the label for it. “userData” is not taken over.`;
        this.#sink.at(host.userData.place, 'warning', 'airship-not-imported', message);
      }
      this.#referred.add(labelled);
      return this.#fragment(own, { name: labelled.name, origin: this.#originOf(labelled, own) });
    }
    if (host.userData === undefined) return undefined;
    const found = this.#content(host, host.userData, 'userData');
    return found === undefined ? undefined : this.#fragment(found.value, found.secret);
  }

  #fragment(
    value: SecretValue,
    secret: { readonly name: string; readonly origin: string },
  ): ImportedDocument {
    let fragment = this.#fragments.get(value);
    if (fragment === undefined) {
      checkUserDataText(value, `The user-data of ${secret.name}`, this.#sink);
      const origin = `${secret.origin}.`;
      fragment = { name: this.#fragmentNames.of(secret.name), text: value.text, origin };
      this.#fragments.set(value, fragment);
    }
    return fragment;
  }

  /** The text that a host refers to: in a Secret under its key, or in a file of that name beside the host. */
  #content(host: AirshipHost, reference: SecretReference | undefined, key: Content) {
    if (reference === undefined) return undefined;
    const secret = findSecret(this.#secrets, reference.name, reference.namespace);
    if (secret === undefined) return this.#contentBeside(host, reference, key);
    this.#referred.add(secret);
    // Metal3 takes the key `value` where its own is missing (pkg/provisioner, hostConfigData). OpenShift reads the
    // networks of installations under `nmstate` (image-customization-controller).
    const value = [key, 'value', ...(key === 'networkData' ? ['nmstate'] : [])]
      .map((each) => secret.values.get(each))
      .find((each) => each !== undefined);
    if (value !== undefined)
      return { value, secret: { name: secret.name, origin: this.#originOf(secret, value) } };
    if (!secret.unreadable.has(key)) {
      const message = `The Secret ${secret.name} has no key “${key}”, which ${host.name} needs.`;
      this.#sink.at(secret.place, 'error', 'airship-secret', message);
    }
    return undefined;
  }

  #originOf(secret: Secret, { place }: SecretValue): string {
    const file = place.source.file;
    return `Secret ${secret.name} in ${file === secret.file ? secret.origin : file}`;
  }

  #contentBeside(host: AirshipHost, reference: SecretReference, key: Content) {
    const file = fileBeside(host.file, key, this.#files);
    const alone = this.#hosts.filter((other) => other.file === host.file).length === 1;
    if (file !== undefined && alone && !this.#used.has(file.path)) {
      this.#used.add(file.path);
      const source = this.#sink.partOf(file.path, file.text, 1);
      const place = {
        type: 'scalar',
        source,
        span: { start: 0, end: file.text.length },
        value: file.text,
      } as const;
      const message = `There is no Secret ${reference.name}; the file ${file.path} beside the host is taken for it.`;
      this.#sink.at(reference.place, 'warning', 'reference-unknown', message);
      return { value: { text: file.text, place }, secret: { name: reference.name, origin: file.path } };
    }
    const elsewhere = this.#secrets.find(({ name }) => name === reference.name);
    const where = reference.namespace === undefined ? '' : ` in the namespace ${reference.namespace}`;
    const hint =
      elsewhere === undefined ? '' : ` There is one in ${elsewhere.namespace} (${elsewhere.origin}).`;
    const message = `There is no Secret ${reference.name}${where}, which “${key}” of ${host.name} names.${hint}`;
    this.#sink.at(reference.place, reference.isRead ? 'error' : 'warning', 'reference-unknown', message);
    return undefined;
  }

  /** The name of the file in secrets/, also when the set does not hold the Secret: it is to be added there. */
  #bmcCredentials(reference: SecretReference | undefined): string | undefined {
    if (reference === undefined) return undefined;
    const secret = findSecret(this.#secrets, reference.name, reference.namespace);
    const isName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(reference.name);
    if (secret === undefined) {
      const message = `There is no Secret ${reference.name}: user and password of the BMC are to be added as secrets/${isName ? reference.name : 'NAME'}.`;
      this.#sink.at(reference.place, 'warning', 'reference-unknown', message);
      return isName ? reference.name : undefined;
    }
    this.#referred.add(secret);
    let file = this.#credentials.get(secret);
    if (file === undefined) {
      const lines = ['username', 'password'].flatMap((key) => this.#credential(secret, key));
      const taken = [...this.#credentials.values()].some(({ name }) => name === secret.name);
      const name = taken ? `${secret.name}-${this.#credentials.size + 1}` : secret.name;
      file = { name, text: lines.join(''), origin: `Secret ${secret.name} in ${secret.origin}.` };
      this.#credentials.set(secret, file);
    }
    return file.name;
  }

  #credential(secret: Secret, key: string): string[] {
    const value = secret.values.get(key);
    if (value !== undefined) {
      reportPlaceholdersOf(value, this.#sink);
      return [`${key}: ${JSON.stringify(value.text)}\n`];
    }
    if (!secret.unreadable.has(key)) {
      const message = `The Secret ${secret.name} has no “${key}” for the BMC.`;
      this.#sink.at(secret.place, 'warning', 'airship-secret', message);
    }
    return [];
  }

  /** One isogen configuration fits a site; of several the first is taken. */
  #isogen(): ImportedDocument | undefined {
    const found = this.#documents.filter(({ kind, apiVersion }) => this.#isIsogen(kind, apiVersion));
    for (const { root } of found.slice(1)) {
      const message = 'A site has one isogen configuration: the first of the set is taken over.';
      this.#sink.at(childOf(root, 'kind') ?? root, 'warning', 'airship-not-imported', message);
    }
    const [first] = found;
    if (first === undefined) return undefined;
    return { name: 'isogen', text: first.root.source.text, origin: `${first.kind} in ${first.origin}.` };
  }

  #reportUnreferred(ephemeralUserData: Secret | undefined): void {
    for (const secret of this.#secrets) {
      if (this.#referred.has(secret) || secret === ephemeralUserData) continue;
      const message = `No host refers to the Secret ${secret.name}: it is not imported.`;
      this.#sink.at(secret.place, 'info', 'airship-not-imported', message);
    }
  }

  #reportUnusedFiles(): void {
    for (const { path, text } of this.#files.values()) {
      if (!contentFile.test(path) || this.#used.has(path)) continue;
      const source = this.#sink.partOf(path, text, 1);
      const message =
        'No host refers to this file, and no kustomization makes a Secret of it: it is not imported.';
      this.#sink.at({ source, span: { start: 0, end: 0 } }, 'warning', 'airship-not-imported', message);
    }
  }
}

/** Kubernetes knows a host by name and namespace; the second of two was reported. */
function withoutRepetitions(hosts: readonly AirshipHost[]): readonly AirshipHost[] {
  const seen = new Set<string>();
  return hosts.filter(({ name, namespace }) => {
    const key = `${namespace ?? ''}/${name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

import { checkCloudConfig, parseForCloudInit } from '../cloud-config/check-cloud-config.ts';
import { checkHeader, type UserDataType } from '../cloud-config/header.ts';
import { checkNumbers } from '../diagnostics/check-numbers.ts';
import { checkSlips } from '../diagnostics/check-slips.ts';
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { reportNotJson } from '../network/check-json.ts';
import { reportReadAsNumbers } from '../network/check-yaml-1-1.ts';
import { formatOfTree } from '../network/network-format.ts';
import { checkHostProfile, type ReadableProfile } from '../render/host-profile/check-host-profile.ts';
import { type CheckOptions, checkAgainstSchema } from '../schema/check-against-schema.ts';
import type { Host } from '../schema/host.ts';
import { type HostProfile, hostProfileSchema } from '../schema/host-profile.ts';
import type { Image } from '../schema/image.ts';
import { checkIsogen } from '../schema/isogen-checks.ts';
import type { DocumentKind } from '../schema/metadata.ts';
import { homeOfKey, isOfUserData, kindsWithKey } from '../schema/other-kinds.ts';
import { readablePart, wholePart } from '../schema/readable-part.ts';
import { schemaOfKind } from '../schema/schema-of-kind.ts';
import type { Site } from '../schema/site.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import { createSourceText, type SourceText } from '../source/source-text.ts';
import { checkBmc } from './check-bmc.ts';
import { checkDocumentHead } from './check-document-head.ts';
import { reportHostCapitals } from './check-domains.ts';
import { checkEncoding } from './check-encoding.ts';
import { checkImageDocument } from './check-image-document.ts';
import { checkSiteDocument } from './check-site-document.ts';
import {
  folderOfKind,
  guessKind,
  holdsReferences,
  isNetworkKind,
  type Kind,
  nameOfPath,
} from './document-kinds.ts';
import { reportNearReferences } from './near-references.ts';
import { fixedReferences, holdsReference, isSecretName, type Reference, referencesIn } from './references.ts';
import { type Break, breakOf, soundFindings } from './syntax-errors.ts';

/** One document of a site: everything that can be told from its text alone. */
export interface SiteDocument {
  /** Path inside the site, with forward slashes. */
  readonly path: string;
  /** Undefined for files that are no document of a site; nothing is checked in them. */
  readonly kind: Kind | undefined;
  /** The name by which others refer to it: that of the file, without its ending. */
  readonly name: string;
  readonly source: SourceText;
  /** Undefined when the text holds no YAML value. */
  readonly root: SourceNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly references: readonly Reference[];
  /** Whether one of them is to the site, so that an edit in site.yaml concerns this document. */
  readonly refersToSite: boolean;
  /** Where the syntax is broken; what is said of the document is limited to what stands before. */
  readonly break?: Break | undefined;
  /** The value with its defaults, for the kinds that have a schema and only when it has no error. */
  readonly site?: Site | undefined;
  readonly host?: Host | undefined;
  readonly profile?: HostProfile | undefined;
  readonly image?: Image | undefined;
  /** What the checks of a profile judge: all of it, or what of it has no error. */
  readonly readableProfile?: ReadableProfile | undefined;
  /** How cloud-init takes a fragment. */
  readonly userDataType?: UserDataType | undefined;
}

/** Reads and checks one document. Pure and complete: the same text gives the same document. Never throws. */
export function readDocument(path: string, text: string, kind: Kind | undefined): SiteDocument {
  const source = createSourceText(path, text);
  const sink = new DiagnosticSink();
  const base = { path, kind, name: nameOfPath(path), source };
  if (kind === undefined)
    return { ...base, root: undefined, diagnostics: [], references: [], refersToSite: false };
  checkEncoding(source, sink);
  const userDataType = kind === 'cloud-config' ? checkHeader(source, sink) : undefined;
  // Scripts and templates are not YAML, an empty fragment is fine for cloud-init.
  const isYaml = userDataType !== 'other' && !(kind === 'cloud-config' && isOnlyComments(text));
  const root = isYaml ? parseAs(kind, source, sink) : undefined;
  let broken = breakOf(sink.list(), root, source);
  if (root !== undefined && broken === undefined && isNetworkData(kind, root)) {
    reportNotJson(source, sink);
    // What a comment swallowed is missing, and is part of a key that nobody knows: neither is worth a word of its own.
    broken = breakOf(sink.list(), root, source);
  }
  const references = referencesOf(kind, root);
  reportImpossibleReferences(references, sink);
  if (holdsReferences(kind) && userDataType !== 'other') reportNearReferences(source, sink);
  const values = root === undefined ? {} : checkKind(kind, root, sink, broken !== undefined);
  if (root !== undefined) checkSlips(root, sink, isFreeText);
  if (root !== undefined && ownKinds.has(kind)) checkNumbers(root, sink);
  if (root !== undefined && kind === 'network-config' && formatOfTree(root) === kind)
    reportReadAsNumbers(root, sink);
  const refersToSite = references.some(({ namespace }) => namespace === 'site');
  const read = { ...base, root, references, refersToSite, userDataType };
  if (broken === undefined) return { ...read, ...values, diagnostics: sink.list() };
  return { ...read, break: broken.place, diagnostics: soundFindings(sink.list(), broken) };
}

function isNetworkData(kind: Kind, root: SourceNode): boolean {
  return kind === 'network-data' || (kind === 'network-config' && formatOfTree(root) === 'network-data');
}

/**
 * What cloud-init reads is read as it does. Of equal keys it takes the last, in networks too; nmstate refuses them, and
 * so do we in documents of our own.
 */
function parseAs(kind: Kind, source: SourceText, sink: DiagnosticSink): SourceNode | undefined {
  if (kind === 'cloud-config') return parseForCloudInit(source, sink);
  if (kind === 'network-config')
    return parseYaml(source, sink, { lastKeyCounts: (root) => formatOfTree(root) !== 'nmstate' });
  return parseYaml(source, sink, { lastKeyCounts: () => kind === 'network-data' });
}

/** Keys under which a document holds text for people, shells or other programs. */
const freeText = new Set([
  ...[
    'content',
    'runcmd',
    'bootcmd',
    'commands',
    'early_commands',
    'late_commands',
    'final_message',
    'message',
  ],
  ...[
    'banners',
    'motd',
    'issue',
    'script',
    'scripts',
    'text',
    'data',
    'source',
    'sources_list',
    'conf',
    'config',
  ],
  ...[
    'description',
    'title',
    'gecos',
    'password',
    'passwd',
    'plain_text_passwd',
    'hashed_passwd',
    'chpasswd',
  ],
  ...['key', 'ssid', 'access-points', 'comment', 'args', 'template', 'units', 'overrides', 'merge_how'],
]);

function isFreeText(key: string): boolean {
  return freeText.has(key);
}

function isOnlyComments(text: string): boolean {
  return text.length < 65_536 && /^\uFEFF?(\s*(#[^\r\n]*)?(\r\n?|\n|$))*$/.test(text);
}

const ownKinds: ReadonlySet<Kind> = new Set(['site', 'host', 'host-profile', 'image']);
const headKeys = ['apiVersion', 'kind', 'metadata', 'spec'];

/** Whether a document of our own has nothing of one and all of another kind, which then is all that is told. */
function isOfAnotherKind(kind: Kind, root: SourceNode, sink: DiagnosticSink): boolean {
  const [first] = root.type === 'map' ? root.entries : [];
  if (!ownKinds.has(kind) || root.type !== 'map' || first === undefined) return false;
  if (root.entries.some(({ key }) => headKeys.includes(String(key.value)))) return false;
  const other = guessKind('a.yaml', root.source.text);
  if (other === undefined || ownKinds.has(other)) return false;
  const folder = folderOfKind(isNetworkKind(other) ? 'network-config' : other);
  const home = folder === undefined ? '' : ` Move the file to ${folder}/.`;
  sink.at(first.key, 'error', 'document-kind', `This is no ${kind}, but ${namesOfOthers[other]}.${home}`);
  return true;
}

const namesOfOthers: Readonly<Partial<Record<Kind, string>>> = {
  'network-config': 'a network in cloud-init’s format',
  nmstate: 'a network in NMState’s format',
  'network-data': 'a network in OpenStack’s format',
  'cloud-config': 'a fragment of user-data',
  isogen: 'airshipctl’s configuration of isogen, which is isogen.yaml',
};

function checkKind(kind: Kind, root: SourceNode, sink: DiagnosticSink, isBroken: boolean) {
  if (isOfAnotherKind(kind, root, sink)) return {};
  switch (kind) {
    case 'site':
      checkDocumentHead(root, 'Site', sink);
      checkSiteDocument(root, sink);
      return { site: checkAgainstSchema(root, schemaOfKind('Site'), sink, optionsFor('Site', root)) };
    case 'host':
      checkDocumentHead(root, 'Host', sink);
      reportHostCapitals(root, sink);
      checkBmc(root, sink);
      return { host: checkAgainstSchema(root, schemaOfKind('Host'), sink, optionsFor('Host', root)) };
    case 'host-profile':
      checkDocumentHead(root, 'HostProfile', sink);
      return checkProfile(root, sink, isBroken);
    case 'image':
      checkDocumentHead(root, 'Image', sink);
      checkImageDocument(root, sink);
      reportBakedReferences(root, sink);
      return { image: checkAgainstSchema(root, schemaOfKind('Image'), sink, optionsFor('Image', root)) };
    case 'cloud-config':
      checkCloudConfig(root, sink, holdsReference);
      return {};
    case 'isogen':
      checkIsogen(root, sink);
      return {};
    default:
      return {};
  }
}

function optionsFor(kind: DocumentKind, root: SourceNode): CheckOptions {
  // Keys of cloud-init are many: one that is near to a key of this document was meant as that.
  const isSlip = (key: string, meant: string | undefined) =>
    meant !== undefined && kindsWithKey(kind, key).length === 0 && isOfUserData(key);
  return {
    ignore: isKindOf(root),
    homeOfKey: (key, meant) => (isSlip(key, meant) ? undefined : homeOfKey(kind, key)),
  };
}

function checkProfile(
  root: SourceNode,
  sink: DiagnosticSink,
  isBroken: boolean,
): Pick<SiteDocument, 'profile' | 'readableProfile'> {
  reportBakedReferences(root, sink);
  const profile = checkAgainstSchema(
    root,
    schemaOfKind('HostProfile'),
    sink,
    optionsFor('HostProfile', root),
  );
  // A contradiction may be solved behind the place where the syntax breaks.
  if (isBroken) return { profile };
  const readableProfile = readableProfileOf(profile, childOf(root, 'spec'));
  if (readableProfile !== undefined) checkHostProfile(readableProfile, sink);
  return { profile, readableProfile };
}

function readableProfileOf(
  profile: HostProfile | undefined,
  spec: SourceNode | undefined,
): ReadableProfile | undefined {
  if (spec === undefined) return undefined;
  return profile === undefined
    ? readablePart(spec, hostProfileSchema.shape.spec)
    : wholePart(profile.spec, spec);
}

/** What is baked is the same for all hosts, so nothing is filled in there: the text would reach them as it stands. */
function reportBakedReferences(root: SourceNode, sink: DiagnosticSink): void {
  for (const { key, namespace, place } of referencesIn(root)) {
    const of =
      namespace === 'secret' ? 'Whoever has the image would have the secret' : 'An image is for many hosts';
    const message = `“((${key}))” stays as it is here. ${of}: what differs between them, and secrets, are stamped. Write it in user-data.`;
    sink.at(place, 'warning', 'realm-other', message);
  }
}

/** The kind of a document is judged by `checkDocumentHead`, which knows where it should lie. */
function isKindOf(root: SourceNode): (node: SourceNode) => boolean {
  const kind = root.type === 'map' ? root.entries.find(({ key }) => key.value === 'kind')?.value : undefined;
  return (node) => node === kind;
}

function referencesOf(kind: Kind, root: SourceNode | undefined): readonly Reference[] {
  if (root === undefined) return [];
  if (holdsReferences(kind)) return referencesIn(root);
  const inline = kind === 'host' ? inlineNetworkOf(root) : undefined;
  return inline === undefined ? [] : referencesIn(inline);
}

export function inlineNetworkOf(host: SourceNode): SourceNode | undefined {
  let node: SourceNode | undefined = host;
  for (const key of ['spec', 'network', 'inline']) {
    node = node?.type === 'map' ? node.entries.find((entry) => entry.key.value === key)?.value : undefined;
  }
  return node;
}

/** `host.` and `site.` have a fixed set of names, so a wrong one is wrong for every host. */
function reportImpossibleReferences(references: readonly Reference[], sink: DiagnosticSink): void {
  for (const { key, place, namespace, name } of references) {
    if (namespace === 'var' || namespace === 'mac' || isFixed(key)) continue;
    if (namespace === 'secret') {
      if (isSecretName(name)) continue;
      const message =
        'The name of a secret starts with a letter or a digit, for example ((secret.join-token)).';
      sink.at(place, 'error', 'variable-unknown', message);
      continue;
    }
    const { hint, fixes } = didYouMean({ ...place, value: key }, key, fixedReferences);
    const mended = fixes?.map((fix) => ({ ...fix, newText: `((${fix.newText}))` }));
    const message = `There is no “${key}”. There are ${fixedReferences.join(', ')}, mac.NAME, var.NAME and secret.NAME.${hint}`;
    sink.at(place, 'error', 'variable-unknown', message, mended);
  }
}

export function isFixed(key: string): boolean {
  return (fixedReferences as readonly string[]).includes(key);
}

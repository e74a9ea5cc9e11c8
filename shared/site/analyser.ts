import { checkMerge } from '../cloud-config/check-merge.ts';
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { realmFindings } from '../realms/check-realms.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import type { SiteAnalysis } from './analysis.ts';
import { checkAllHosts, reportSameName, reportUnused } from './check-across-site.ts';
import { checkElements } from './check-elements.ts';
import { FileOwners } from './check-file-owners.ts';
import { type CheckedHost, checkHost, dependenciesOf, readingOf } from './check-host.ts';
import { checkHostKernelArguments } from './check-kernel-arguments.ts';
import { reportNoLogin } from './check-logins.ts';
import { DocumentIndex, resolveReference } from './check-references.ts';
import { checkSecrets } from './check-secrets.ts';
import { readDocument, type SiteDocument } from './document.ts';
import { type Kind, kindOfPath } from './document-kinds.ts';
import { gatherByFile } from './gather-by-file.ts';
import { textUnder } from './host-document.ts';
import { checkUnusedNetwork } from './host-network.ts';
import { type Memoised, memoised, sameItems } from './memo.ts';
import { findingsOfHosts } from './name-hosts.ts';
import { planImage } from './plan-image.ts';
import { findingsInImages } from './profile-in-images.ts';
import { contentOf, reportStrays, type SiteContent } from './site-content.ts';
import { readSiteSettings, type SiteSettings } from './site-settings.ts';
import { Summaries } from './summaries.ts';
import { isSound } from './syntax-errors.ts';

export interface AnalyseOptions {
  /** Hosts to check at most; the others keep their earlier verdict and are counted as `pending`. Default: all. */
  readonly atMost?: number;
  /** Name of the host to check first: the one whose preview is in sight. */
  readonly first?: string | undefined;
}

export interface SiteAnalyser {
  /** Sets the text of a document; undefined removes it. Cheap: work is done by `analyse`. */
  update(path: string, text: string | undefined): void;
  /**
   * Sets what the site's folder holds beside its documents (`otherPaths` of its listing). Before that, nothing is said
   * about elements and secrets, of which nothing is known.
   */
  setOtherPaths(paths: readonly string[]): void;
  analyse(options?: AnalyseOptions): SiteAnalysis;
}

/**
 * Keeps a site's verdict up to date. Each step remembers what it was made from and is done again only when that
 * changed: a document's own verdict depends on its text, a host's on the documents that it refers to, and the
 * comparison of hosts on their networks. Never throws, whatever the texts hold.
 */
export function createSiteAnalyser(): SiteAnalyser {
  return new Analyser();
}

const refersToOthers: ReadonlySet<Kind | undefined> = new Set(['host', 'image']);

class Analyser implements SiteAnalyser {
  readonly #texts = new Map<string, string>();
  readonly #documents = new Map<string, SiteDocument>();
  readonly #hosts = new Map<string, CheckedHost>();
  readonly #unusedNetworks = new WeakMap<SiteDocument, readonly Diagnostic[]>();
  readonly #merges = new Map<string, Memoised<SiteDocument, readonly Diagnostic[]>>();
  readonly #plans = new WeakMap<SiteDocument, Memoised<SiteDocument | undefined, readonly Diagnostic[]>>();
  readonly #profiles = new WeakMap<SiteDocument, Memoised<SiteDocument, readonly Diagnostic[]>>();
  readonly #settings = memoised<SourceNode | undefined, SiteSettings>(([root]) => readSiteSettings(root));
  readonly #index = memoised((documents: readonly SiteDocument[]) => new DocumentIndex(documents));
  readonly #fileOwners = new FileOwners();
  readonly #allHosts = memoised(checkAllHosts);
  readonly #summaries = new Summaries();
  #content: SiteContent | undefined;
  #sortedPaths: readonly string[] | undefined;
  #byFile: ReadonlyMap<string, readonly Diagnostic[]> = new Map();

  update(path: string, text: string | undefined): void {
    if (this.#texts.get(path) === text) return;
    if (text === undefined) {
      this.#texts.delete(path);
      this.#hosts.delete(path);
    } else this.#texts.set(path, text);
    this.#documents.delete(path);
    this.#sortedPaths = undefined;
  }

  setOtherPaths(paths: readonly string[]): void {
    this.#content = contentOf(paths);
  }

  analyse(options: AnalyseOptions = {}): SiteAnalysis {
    this.#sortedPaths ??= [...this.#texts.keys()].sort();
    const documents = this.#sortedPaths.map((path) => this.#document(path));
    const index = this.#index.of(documents);
    const site = index.find('site', 'site');
    const settings = this.#settings.of([site?.root]);
    const hostDocuments = documents.filter(({ kind }) => kind === 'host');
    const pending = this.#checkHosts(hostDocuments, index, settings, options);
    const hosts = hostDocuments.flatMap(({ path }) => this.#hosts.get(path) ?? []);
    // A host that is still to be checked says nothing: the places in texts that changed since would be wrong.
    const current =
      pending.size === 0 ? hosts : hosts.filter((host) => !pending.has(host.reading.document.path));
    const found = [
      ...this.#ownFindings(documents),
      ...realmFindings(documents, current),
      ...findingsOfHosts(current),
      this.#allHosts.of(current),
      this.#mergeDiagnostics(current),
      this.#checkWhole(documents, hosts, index),
    ];
    this.#byFile = gatherByFile(withoutConsequences(found, documents), this.#byFile);
    return this.#summaries.of({ documents, hosts, settings, pending: pending.size, byFile: this.#byFile });
  }

  /** What each document says alone; a profile, with the images that are made of it. */
  #ownFindings(documents: readonly SiteDocument[]): readonly (readonly Diagnostic[])[] {
    const images = documents.filter(({ kind }) => kind === 'image');
    return documents.map((document) => {
      if (document.kind !== 'host-profile') return document.diagnostics;
      let findings = this.#profiles.get(document);
      if (findings === undefined) {
        findings = memoised((all) => findingsInImages(document, all));
        this.#profiles.set(document, findings);
      }
      return findings.of(images);
    });
  }

  #document(path: string): SiteDocument {
    let document = this.#documents.get(path);
    if (document === undefined) {
      document = readDocument(path, this.#texts.get(path) ?? '', kindOfPath(path));
      this.#documents.set(path, document);
    }
    return document;
  }

  /** The paths of the hosts that are left for later. */
  #checkHosts(
    documents: readonly SiteDocument[],
    index: DocumentIndex,
    settings: SiteSettings,
    { atMost = Number.POSITIVE_INFINITY, first }: AnalyseOptions,
  ): ReadonlySet<string> {
    const stale = documents.filter((document) => {
      const checked = this.#hosts.get(document.path);
      const inputs = dependenciesOf(document, readingOf(document), index, settings);
      return checked === undefined || !sameItems(checked.madeFrom, inputs);
    });
    const chosen = stale.findIndex((document) => readingOf(document).name?.value === first);
    if (chosen > 0) stale.unshift(...stale.splice(chosen, 1));
    for (const document of stale.slice(0, atMost)) {
      this.#hosts.set(document.path, checkHost(document, readingOf(document), index, settings));
    }
    return new Set(stale.slice(atMost).map(({ path }) => path));
  }

  #mergeDiagnostics(hosts: readonly CheckedHost[]): readonly Diagnostic[] {
    const found: (readonly Diagnostic[])[] = [];
    const used = new Set<string>();
    for (const { fragments } of hosts) {
      const key = fragments.map(({ path }) => path).join('\n');
      if (used.has(key)) continue;
      used.add(key);
      let merge = this.#merges.get(key);
      if (merge === undefined) {
        merge = memoised((each) => checkMerge(each.flatMap(({ root }) => root ?? [])));
        this.#merges.set(key, merge);
      }
      found.push(merge.of(fragments));
    }
    for (const key of this.#merges.keys()) if (!used.has(key)) this.#merges.delete(key);
    return found.flat();
  }

  /** What concerns the site as a whole: its own document, names, what images refer to, what nothing refers to. */
  #checkWhole(
    documents: readonly SiteDocument[],
    hosts: readonly CheckedHost[],
    index: DocumentIndex,
  ): readonly Diagnostic[] {
    const sink = new DiagnosticSink();
    const used = new Set<string>();
    // By path: a host that is still to be checked may hold an earlier reading of the document.
    for (const { profile, networkDocument, fragments } of hosts) {
      for (const each of [profile, networkDocument, ...fragments])
        if (each !== undefined) used.add(each.path);
    }
    if (this.#content !== undefined) {
      reportStrays(this.#content, sink);
      checkSecrets(hosts, documents, this.#content, sink);
      this.#checkAccounts(documents, hosts, index, sink);
    }
    checkHostKernelArguments(hosts, index, sink);
    for (const image of documents.filter(({ kind }) => kind === 'image')) {
      if (this.#content !== undefined) checkElements(image.root, this.#content.elements, sink);
      const place = textUnder(childOf(image.root, 'spec'), 'profile');
      const profile = resolveReference(place, 'host-profile', index, sink);
      if (profile === undefined) continue;
      used.add(profile.path);
      const plan = this.#plan(image, profile, index.find('site', 'site'));
      for (const diagnostic of plan) sink.report(diagnostic);
    }
    // What is unreadable in a host or an image may be the reference that is looked for.
    const mayRefer = documents.some((each) => each.break !== undefined && refersToOthers.has(each.kind));
    for (const document of documents) {
      const first = document.kind === undefined ? undefined : index.find(document.kind, document.name);
      if (first !== undefined && first !== document) reportSameName(document, first, sink);
      else if (!used.has(document.path)) this.#checkUnused(document, mayRefer, sink);
    }
    if (documents.length > 0 && index.find('site', 'site') === undefined) {
      const place = { source: createSourceText('site.yaml', ''), span: { start: 0, end: 0 } };
      sink.at(
        place,
        'error',
        'reference-unknown',
        'The site has no site.yaml. It holds what all hosts share.',
      );
    }
    return sink.list();
  }

  #checkAccounts(
    documents: readonly SiteDocument[],
    hosts: readonly CheckedHost[],
    index: DocumentIndex,
    sink: DiagnosticSink,
  ): void {
    const images = documents.filter(({ kind }) => kind === 'image');
    // By name: a host is not checked again when the text of its profile changes.
    const profileOf = ({ reading: { profile } }: CheckedHost) =>
      profile === undefined ? undefined : index.find('host-profile', String(profile.value));
    const sources = { site: index.find('site', 'site'), images, profileOf };
    reportNoLogin(hosts, sources, sink);
    this.#fileOwners.check(hosts, sources, sink);
  }

  #plan(...parts: [SiteDocument, SiteDocument, SiteDocument | undefined]): readonly Diagnostic[] {
    const [image] = parts;
    let plan = this.#plans.get(image);
    if (plan === undefined) {
      plan = memoised(([ofImage, profile, site]) => planDiagnostics(ofImage, profile, site));
      this.#plans.set(image, plan);
    }
    return plan.of(parts);
  }

  #checkUnused(document: SiteDocument, mayBeUsed: boolean, sink: DiagnosticSink): void {
    if (!mayBeUsed) reportUnused(document, sink);
    if (document.kind !== 'network-config') return;
    let found = this.#unusedNetworks.get(document);
    if (found === undefined) {
      found = checkUnusedNetwork(document);
      this.#unusedNetworks.set(document, found);
    }
    for (const diagnostic of found) sink.report(diagnostic);
  }
}

/** Leaves out what follows from broken syntax in the documents that it is reported in. */
function withoutConsequences(
  found: readonly (readonly Diagnostic[])[],
  documents: readonly SiteDocument[],
): readonly (readonly Diagnostic[])[] {
  const breaks = new Map(documents.flatMap(({ path, break: place }) => (place ? [[path, place]] : [])));
  if (breaks.size === 0) return found;
  return found.map((list) =>
    list.filter((each) => {
      const place = breaks.get(each.file);
      return place === undefined || isSound(each, place);
    }),
  );
}

/** What only shows when image, profile and site come together. Nothing while one of them has mistakes of its own. */
function planDiagnostics(
  image: SiteDocument | undefined,
  profile: SiteDocument | undefined,
  site: SiteDocument | undefined,
): readonly Diagnostic[] {
  if (image?.image === undefined || profile?.profile === undefined || site?.site === undefined) return [];
  if (image.root === undefined || profile.root === undefined || site.root === undefined) return [];
  const { diagnostics } = planImage({
    image: { value: image.image, node: image.root },
    profile: { value: profile.profile, node: profile.root },
    site: { value: site.site, node: site.root },
  });
  return diagnostics;
}

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type RenderedHost, renderHost } from '../render/render-host.ts';
import { createSiteAnalyser, type SiteAnalyser } from './analyser.ts';
import type { HostSummary, ImageSummary, NamedSummary, SiteAnalysis } from './analysis.ts';
import type { Kind } from './document-kinds.ts';
import { sameItems } from './memo.ts';

export interface DocumentSummary {
  readonly path: string;
  readonly kind: Kind | undefined;
  readonly name: string;
}

/** What a window shows of a site beside its texts. */
export interface SiteOverview {
  readonly name: string;
  readonly release: string;
  readonly documents: readonly DocumentSummary[];
  readonly profiles: readonly NamedSummary[];
  readonly networks: readonly NamedSummary[];
  readonly userData: readonly NamedSummary[];
  readonly images: readonly ImageSummary[];
}

/**
 * What changed since the update before, as plain data for `postMessage`. Parts that are the same are left out, so that
 * a keystroke in one of 500 hosts sends the findings of one file and not a site.
 */
export interface SessionUpdate {
  /** Only the parts that changed. */
  readonly overview: Partial<SiteOverview>;
  /** All hosts in order, by path; left out while it is the same list. */
  readonly hostPaths?: readonly string[];
  /** Only the hosts whose row changed. */
  readonly hosts: readonly HostSummary[];
  /** Only the files whose findings changed; an empty list clears a file. */
  readonly diagnostics: readonly (readonly [path: string, found: readonly Diagnostic[]])[];
  /** Left out while it is what it was; null when no host is selected or none has that name. */
  readonly rendered?: RenderedHost | null;
  /** Hosts that `advance` still has to check. 0: the verdict is complete. */
  readonly pending: number;
}

export interface AuthoringSession {
  /** Replaces the whole site. `otherPaths`: what its folder holds beside documents, when that is known. */
  open(files: ReadonlyMap<string, string>, otherPaths?: readonly string[]): SessionUpdate;
  /** Sets one text; undefined removes the document. Checks the selected host and some others at once. */
  change(path: string, text: string | undefined): SessionUpdate;
  /** The same for several texts, and for what the folder holds beside documents when that changed. */
  changeAll(
    changes: Iterable<readonly [path: string, text: string | undefined]>,
    otherPaths?: readonly string[],
  ): SessionUpdate;
  /** Chooses the host that is rendered; undefined for none. */
  select(host: string | undefined): SessionUpdate;
  /** Checks more of the hosts that were left for later: call it while `pending` is not 0 and nothing else waits. */
  advance(): SessionUpdate;
  /** The newest verdict, for help at the caret. */
  analysis(): SiteAnalysis;
  close(): void;
}

/**
 * A host takes about half a millisecond with a document of 60 lines, so that a keystroke in a network of 500 hosts
 * stays within a frame. Less when what is typed in is long, since that text is read anew.
 */
const hostsAtOnce = 24;
const hostLinesAtOnce = hostsAtOnce * 60;
/**
 * Of many documents that change at once nobody is typing in: what is in between is looked at by nobody, and each
 * portion costs a comparison of the whole site and a window that is drawn again.
 */
const hostsAtOnceOfMany = 250;
const many = 24;

export function createAuthoringSession(): AuthoringSession {
  return new Session();
}

class Session implements AuthoringSession {
  #analyser: SiteAnalyser = createSiteAnalyser();
  #analysis: SiteAnalysis = this.#analyser.analyse();
  #selected: string | undefined;
  /** Hosts that one update checks. */
  #portion = hostsAtOnce;
  #sent: SiteOverview | undefined;
  #sentHosts: ReadonlyMap<string, HostSummary> = new Map();
  #documents:
    | { readonly from: SiteAnalysis['documents']; readonly list: readonly DocumentSummary[] }
    | undefined;
  #sentFindings: ReadonlyMap<string, readonly Diagnostic[]> = new Map();
  #sentRendered: string | undefined;
  #renderedFrom: readonly unknown[] = [];

  open(files: ReadonlyMap<string, string>, otherPaths?: readonly string[]): SessionUpdate {
    this.close();
    if (otherPaths !== undefined) this.#analyser.setOtherPaths(otherPaths);
    for (const [path, text] of files) this.#analyser.update(path, text);
    return this.#update(Number.POSITIVE_INFINITY);
  }

  change(path: string, text: string | undefined): SessionUpdate {
    return this.changeAll([[path, text]]);
  }

  changeAll(
    changes: Iterable<readonly [path: string, text: string | undefined]>,
    otherPaths?: readonly string[],
  ): SessionUpdate {
    let lines = 1;
    let count = 0;
    if (otherPaths !== undefined) this.#analyser.setOtherPaths(otherPaths);
    for (const [path, text] of changes) {
      this.#analyser.update(path, text);
      lines = Math.max(lines, text?.split('\n').length ?? 0);
      count += 1;
    }
    this.#portion =
      count >= many
        ? hostsAtOnceOfMany
        : Math.max(1, Math.min(hostsAtOnce, Math.floor(hostLinesAtOnce / lines)));
    return this.#update(this.#portion);
  }

  select(host: string | undefined): SessionUpdate {
    this.#selected = host;
    return this.#update(hostsAtOnce);
  }

  advance(): SessionUpdate {
    return this.#update(this.#portion);
  }

  analysis(): SiteAnalysis {
    return this.#analysis;
  }

  close(): void {
    this.#analyser = createSiteAnalyser();
    this.#analysis = this.#analyser.analyse();
    this.#selected = undefined;
    this.#sent = undefined;
    this.#sentHosts = new Map();
    this.#documents = undefined;
    this.#sentFindings = new Map();
    this.#sentRendered = undefined;
  }

  #update(atMost: number): SessionUpdate {
    this.#analysis = this.#analyser.analyse({ atMost, first: this.#selected });
    const rendered = this.#rendered();
    return {
      overview: this.#changedOverview(),
      ...this.#changedHosts(),
      diagnostics: this.#changedDiagnostics(),
      ...(rendered === undefined ? {} : { rendered }),
      pending: this.#analysis.pending,
    };
  }

  #changedOverview(): Partial<SiteOverview> {
    const { name, settings, profiles, networks, userData, images } = this.#analysis;
    const documents = this.#documentSummaries();
    const next: SiteOverview = {
      name,
      release: settings.release,
      documents,
      profiles,
      networks,
      userData,
      images,
    };
    const before = this.#sent;
    this.#sent = next;
    if (before === undefined) return next;
    const changed = Object.entries(next).filter(
      ([key, value]) => before[key as keyof SiteOverview] !== value,
    );
    return Object.fromEntries(changed);
  }

  #changedHosts(): Pick<SessionUpdate, 'hosts' | 'hostPaths'> {
    const { hosts } = this.#analysis;
    const before = this.#sentHosts;
    this.#sentHosts = new Map(hosts.map((host) => [host.path, host]));
    const paths = hosts.map(({ path }) => path);
    const isSameList = sameItems(paths, [...before.keys()]);
    const changed = hosts.filter((host) => before.get(host.path) !== host);
    return { hosts: changed, ...(isSameList ? {} : { hostPaths: paths }) };
  }

  /** A document is listed by what does not change with its text, so the list is the same object while paths are. */
  #documentSummaries(): readonly DocumentSummary[] {
    const { documents } = this.#analysis;
    const known = this.#documents;
    const isSame =
      known !== undefined &&
      known.from.length === documents.length &&
      known.from.every(({ path }, index) => path === documents[index]?.path);
    const list = isSame ? known.list : documents.map(({ path, kind, name }) => ({ path, kind, name }));
    this.#documents = { from: documents, list };
    return list;
  }

  #changedDiagnostics(): SessionUpdate['diagnostics'] {
    const { diagnosticsByFile } = this.#analysis;
    const before = this.#sentFindings;
    this.#sentFindings = diagnosticsByFile;
    const changed: (readonly [string, readonly Diagnostic[]])[] = [];
    for (const [path, found] of diagnosticsByFile)
      if (before.get(path) !== found) changed.push([path, found]);
    for (const path of before.keys()) if (!diagnosticsByFile.has(path)) changed.push([path, []]);
    return changed;
  }

  #rendered(): RenderedHost | null | undefined {
    const selected =
      this.#selected === undefined ? undefined : this.#analysis.analysedHosts.get(this.#selected);
    const madeFrom = [selected, this.#analysis.settings];
    // While others are checked, one after the other, the chosen host stays what it was.
    if (this.#sentRendered !== undefined && sameItems(madeFrom, this.#renderedFrom)) return undefined;
    this.#renderedFrom = madeFrom;
    const rendered =
      this.#selected === undefined ? null : (renderHost(this.#analysis, this.#selected) ?? null);
    const text = JSON.stringify(rendered);
    if (text === this.#sentRendered) return undefined;
    this.#sentRendered = text;
    return rendered;
  }
}

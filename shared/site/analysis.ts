import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { NetworkModel } from '../network/model.ts';
import type { SiteDocument } from './document.ts';
import type { Kind } from './document-kinds.ts';
import type { HostReading } from './host-document.ts';
import type { SiteSettings } from './site-settings.ts';
import type { ReferenceValues } from './substitute.ts';

export interface ProblemCount {
  readonly errors: number;
  readonly warnings: number;
}

export interface HostSummary {
  readonly name: string;
  readonly path: string;
  /** Empty while the document does not say it; so are the other texts. */
  readonly role: string;
  readonly profile: string;
  /** Name of the network document; empty for a network of the host's own. */
  readonly network: string;
  /** With prefix, in the order of the network's links. */
  readonly addresses: readonly string[];
  readonly macs: readonly string[];
  readonly bmc: string;
  readonly userData: readonly string[];
  /** Of its own document and of what it receives. */
  readonly problems: ProblemCount;
}

export interface NamedSummary {
  readonly name: string;
  readonly path: string;
  /** Names of the hosts that refer to it. */
  readonly hosts: readonly string[];
}

export interface ImageSummary {
  readonly name: string;
  readonly path: string;
  readonly profile: string;
  /** Of the image, or of the site where the image names none. */
  readonly release: string;
  readonly elements: readonly string[];
  readonly outputs: readonly string[];
}

/** What an analysis knows of a host beyond its summary: what rendering starts from. */
export interface AnalysedHost {
  readonly summary: HostSummary;
  readonly reading: HostReading;
  /** References of this host with their values, those of the site included. */
  readonly values: ReferenceValues;
  readonly network: NetworkModel | undefined;
  /** In the order of merging; names that no document has are left out. */
  readonly fragments: readonly SiteDocument[];
  /** What only one host of a site may have; see `CheckedHost`. */
  readonly claims: readonly string[];
}

/** The verdict on a site. Lists are sorted by path; lists that did not change are the same objects as before. */
export interface SiteAnalysis {
  /** Of site.yaml; empty without one. */
  readonly name: string;
  readonly settings: SiteSettings;
  readonly documents: readonly SiteDocument[];
  readonly hosts: readonly HostSummary[];
  readonly profiles: readonly NamedSummary[];
  readonly networks: readonly NamedSummary[];
  readonly userData: readonly NamedSummary[];
  readonly images: readonly ImageSummary[];
  /** In the order of file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
  /** The same by file; files without a finding are absent. */
  readonly diagnosticsByFile: ReadonlyMap<string, readonly Diagnostic[]>;
  /** By name. */
  readonly analysedHosts: ReadonlyMap<string, AnalysedHost>;
  /** Hosts whose network is still that of an earlier text, because `atMost` was reached. 0 when all is done. */
  readonly pending: number;
}

export function documentOf(analysis: SiteAnalysis, kind: Kind, name: string): SiteDocument | undefined {
  return analysis.documents.find((document) => document.kind === kind && document.name === name);
}

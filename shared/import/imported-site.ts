import type { HostRole } from '../schema/host.ts';

/** A document whose text is kept as it was. `origin` says where it came from, on one line. */
export interface ImportedDocument {
  readonly name: string;
  readonly text: string;
  readonly origin: string;
}

/** A network card: the name that the network gives it, and its MAC address. */
export type ImportedCard = readonly [name: string, mac: string];

export interface ImportedHost {
  readonly name: string;
  readonly domain: string | undefined;
  readonly role: HostRole;
  readonly origin: string;
  /** Why the host has its role. */
  readonly roleOrigin: string;
  /** The card that boots comes first. */
  readonly cards: readonly ImportedCard[];
  readonly bmc: { readonly address: string; readonly credentials: string | undefined } | undefined;
  /** Name of a network; undefined when the source says nothing of one. */
  readonly network: string | undefined;
  readonly userData: readonly string[];
}

/** What another format describes, in the terms of a site, before it is written as documents. Names are unique. */
export interface ImportedSite {
  readonly name: string;
  readonly origin: string;
  readonly hosts: readonly ImportedHost[];
  readonly networks: readonly ImportedDocument[];
  readonly fragments: readonly ImportedDocument[];
  /** `name` is that of the file in secrets/. */
  readonly secrets: readonly ImportedDocument[];
  readonly isogen: ImportedDocument | undefined;
}

/** A file of the site that is made. */
export interface SiteFile {
  /** Inside the site, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Whether only its owner may read it. */
  readonly isPrivate: boolean;
}

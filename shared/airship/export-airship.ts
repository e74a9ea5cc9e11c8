import { stringify } from 'yaml';
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { withoutOrigin } from '../import/site-files.ts';
import { formatOfTree } from '../network/network-format.ts';
import { renderNetworkData } from '../network/render-network-data.ts';
import { cloudInitYaml } from '../render/cloud-init-yaml.ts';
import { generatedCloudConfig } from '../render/generated-cloud-config.ts';
import { networkOfHost } from '../render/render-host.ts';
import { renderUserData } from '../render/render-user-data.ts';
import type { HostRole } from '../schema/host.ts';
import { secretsIn } from '../secrets/mask.ts';
import type { AnalysedHost, SiteAnalysis } from '../site/analysis.ts';
import { documentOf } from '../site/analysis.ts';
import type { SiteDocument } from '../site/document.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import { ephemeralHostLabel, ephemeralUserDataLabel, labelOfRole, roleLabels } from './labels.ts';

/** A MAC address of digits alone is a number in base 60 for YAML 1.1, so it gets quotes. */
const yamlOptions = { lineWidth: 0, version: '1.1' } as const;

export interface ExportedSet {
  /** A YAML stream of Secrets and BareMetalHosts. */
  readonly text: string;
  /** What a BareMetalHost, or network_data, cannot say. */
  readonly diagnostics: readonly Diagnostic[];
}

/** User and password of a BMC by the name of their secret; those that are not there stay out of the set. */
export type BmcCredentials = ReadonlyMap<string, { readonly username: string; readonly password: string }>;

/** What stands in no document. Without it, a set holds masks. */
export interface ExportedSecrets {
  readonly credentials: BmcCredentials;
  /** User-data with the values of secrets, by the name of the host; of hosts that use none, nothing. */
  readonly userData: ReadonlyMap<string, string>;
}

export const noSecrets: ExportedSecrets = { credentials: new Map(), userData: new Map() };

/**
 * The hosts of a site as Airship documents. What a host receives from elsewhere in the site is in its user-data and
 * network; a text that nothing is added to is given as it is written. `hosts` have no errors.
 */
export function exportAirship(
  analysis: SiteAnalysis,
  hosts: readonly AnalysedHost[],
  secrets: ExportedSecrets,
): ExportedSet {
  const sink = new DiagnosticSink();
  const exporter = new Exporter(analysis, secrets, sink);
  const nodes = hosts.map((host) => exporter.host(host));
  const documents = [...exporter.secrets(), ...nodes];
  const text = documents.map((document) => `---\n${stringify(document, yamlOptions)}`).join('');
  return { text, diagnostics: sink.list() };
}

interface SecretDocument {
  readonly labels: Record<string, string>;
  readonly stringData: Record<string, string>;
}

/** What site.yaml gives every host that says nothing: its own name, which Airship gives it as well. */
const ofTheHostItself = ['hostname', 'fqdn', 'prefer_fqdn_over_hostname', 'manage_etc_hosts'];

class Exporter {
  readonly #analysis: SiteAnalysis;
  readonly #given: ExportedSecrets;
  readonly #sink: DiagnosticSink;
  readonly #secrets = new Map<string, SecretDocument>();
  readonly #leftOut = new Set<string>();

  constructor(analysis: SiteAnalysis, given: ExportedSecrets, sink: DiagnosticSink) {
    this.#analysis = analysis;
    this.#given = given;
    this.#sink = sink;
  }

  secrets(): object[] {
    return [...this.#secrets].map(([name, { labels, stringData }]) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, ...(Object.keys(labels).length === 0 ? {} : { labels }) },
      type: 'Opaque',
      stringData,
    }));
  }

  host(host: AnalysedHost): object {
    const { name } = host.summary;
    const role = host.summary.role as HostRole;
    const isEphemeral = role === 'ephemeral';
    const domain = host.reading.domain?.value;
    this.#reportNotExported(host);
    const networkData = this.#network(host);
    const userData = this.#userData(host, isEphemeral);
    const [boot] = host.reading.macs;
    const label = labelOfRole[role];
    const labels = {
      ...(isEphemeral ? { [ephemeralHostLabel]: 'true' } : {}),
      ...(label === undefined ? {} : { [roleLabels[0]]: label }),
    };
    return {
      apiVersion: 'metal3.io/v1alpha1',
      kind: 'BareMetalHost',
      metadata: {
        name: domain === undefined ? name : `${name}.${String(domain)}`,
        ...(Object.keys(labels).length === 0 ? {} : { labels }),
      },
      spec: {
        online: true,
        ...(boot === undefined ? {} : { bootMACAddress: String(boot.value.value).toLowerCase() }),
        ...this.#bmc(host),
        ...(networkData === undefined ? {} : { networkData: { name: networkData } }),
        // The ephemeral host boots with the labelled Secret, which airshipctl finds by its label.
        ...(userData === undefined || isEphemeral ? {} : { userData: { name: userData } }),
      },
    };
  }

  #bmc({ reading }: AnalysedHost): object {
    if (reading.bmcAddress === undefined) return {};
    const name = reading.bmcCredentials === undefined ? undefined : String(reading.bmcCredentials.value);
    const values = name === undefined ? undefined : this.#given.credentials.get(name);
    const credentialsName = name?.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
    if (credentialsName !== undefined && values !== undefined) this.#put(credentialsName, { ...values });
    else if (credentialsName !== undefined && reading.bmcCredentials !== undefined)
      this.#reportLeftOut(credentialsName, reading.bmcCredentials);
    return {
      bmc: {
        address: String(reading.bmcAddress.value),
        ...(credentialsName === undefined ? {} : { credentialsName }),
      },
    };
  }

  /** Once, however many hosts share it. */
  #reportLeftOut(name: string, place: SourceNode): void {
    if (this.#leftOut.has(name)) return;
    this.#leftOut.add(name);
    const message = `The Secret ${name} with user and password of the BMC is not in the set: only the command line writes the values of secrets (siteforge export airship --with-secrets).`;
    this.#sink.at(place, 'info', 'airship-secret', message);
  }

  /** Adds to a Secret; one that holds something else under a key is left alone, and the next name is taken. */
  #put(wanted: string, stringData: Record<string, string>, labels: Record<string, string> = {}): string {
    let name = wanted;
    for (let number = 2; this.#holdsOther(name, stringData); number++) name = `${wanted}-${number}`;
    const other = this.#secrets.get(name);
    this.#secrets.set(name, {
      labels: { ...other?.labels, ...labels },
      stringData: { ...other?.stringData, ...stringData },
    });
    return name;
  }

  #holdsOther(name: string, stringData: Record<string, string>): boolean {
    const other = this.#secrets.get(name)?.stringData ?? {};
    return Object.entries(stringData).some(([key, text]) => other[key] !== undefined && other[key] !== text);
  }

  #network(host: AnalysedHost): string | undefined {
    const { name, network } = host.summary;
    const model = networkOfHost(host, this.#analysis.settings);
    if (model === undefined) return undefined;
    const document = documentOf(this.#analysis, 'network-config', network);
    const isNetworkData = document?.root !== undefined && formatOfTree(document.root) === 'network-data';
    // The model is another one when the site added its name servers.
    const isAsWritten = isNetworkData && model === host.network && document.references.length === 0;
    if (isAsWritten) return this.#put(document.name, { networkData: withoutOrigin(document.source.text) });
    const networkData = cloudInitYaml(renderNetworkData(model, this.#sink));
    this.#reportMasks(host, networkData);
    return this.#put(`${name}-network-data`, { networkData });
  }

  #userData(host: AnalysedHost, isEphemeral: boolean): string | undefined {
    const labels = isEphemeral ? { [ephemeralUserDataLabel]: 'true' } : {};
    const [fragment, second] = host.fragments;
    const isAdded = this.#isAdded(host);
    if (fragment === undefined && !isAdded && !isEphemeral) return undefined;
    if (fragment !== undefined && second === undefined && !isAdded && isWhole(fragment)) {
      return this.#put(fragment.name, { userData: withoutOrigin(fragment.source.text) }, labels);
    }
    const { name } = host.summary;
    const userData = this.#given.userData.get(name) ?? renderUserData(host, this.#analysis.settings);
    this.#reportMasks(host, userData);
    return this.#put(`${name}-user-data`, { userData }, labels);
  }

  /** Whether the site gives the host more than its own name. */
  #isAdded({ summary: { name } }: AnalysedHost): boolean {
    const generated = generatedCloudConfig({ name, domain: undefined }, this.#analysis.settings);
    return Object.keys(generated).some((key) => !ofTheHostItself.includes(key));
  }

  #reportMasks({ reading, summary }: AnalysedHost, text: string): void {
    const names = secretsIn(text);
    const place = reading.name ?? reading.document.root;
    if (names.length === 0 || place === undefined) return;
    const message = `The set of ${summary.name} holds masks where the values of ${names.join(', ')} belong: it does not boot like this.`;
    this.#sink.at(place, 'warning', 'airship-secret', message);
  }

  #reportNotExported({ reading }: AnalysedHost): void {
    const spec = childOf(reading.document.root, 'spec');
    const place = childOf(spec, 'kernelArguments');
    if (place === undefined || reading.kernelArguments.length === 0) return;
    const message = 'A BareMetalHost has no place for kernel arguments: they are not exported.';
    this.#sink.at(place, 'warning', 'airship-not-imported', message);
  }
}

/** Nothing in it is filled in or merged by rules of its own. */
function isWhole({ references, userDataType, root }: SiteDocument): boolean {
  const merges = ['merge_how', 'merge_type'].some((key) => childOf(root, key) !== undefined);
  return references.length === 0 && userDataType === 'cloud-config' && !merges;
}

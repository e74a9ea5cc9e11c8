import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { NetworkModel } from '../network/model.ts';
import { renderVersion2 } from '../network/render-version-2.ts';
import type { AnalysedHost, SiteAnalysis } from '../site/analysis.ts';
import type { SiteSettings } from '../site/site-settings.ts';
import { contentDigest } from '../source/digest.ts';
import { cloudInitYaml } from './cloud-init-yaml.ts';
import { type NetworkSummary, summariseHostNetwork } from './network-summary.ts';
import { renderUserData } from './render-user-data.ts';
import { withSiteNameServers } from './site-name-servers.ts';

/** Everything that a host receives, as the files of cloud-init's NoCloud data source. */
export interface RenderedSeed {
  readonly host: string;
  readonly userData: string;
  readonly networkConfig: string;
  readonly metaData: string;
  readonly vendorData: string;
  /** Behind those that are baked into the image. */
  readonly kernelArguments: readonly string[];
}

export interface RenderedHost extends RenderedSeed {
  readonly network: NetworkSummary;
}

/** Nothing is left to a vendor; the file is there because the data source warns without it. */
const vendorData = '#cloud-config\n{}\n';

/** Without a network of its own a host comes up as the image has it. */
const noNetwork: NetworkSummary = { links: [], routes: [], nameServers: [], search: [] };

/**
 * Renders a host of an analysed site; undefined when there is none of that name. The same documents give the same
 * text. Mistakes do not stop it: what could be understood is rendered, and the diagnostics of the analysis say what
 * was not.
 */
export function renderSeed(analysis: SiteAnalysis, hostName: string): RenderedSeed | undefined {
  const host = analysis.analysedHosts.get(hostName);
  return host === undefined ? undefined : seedOf(host, analysis, networkOfHost(host, analysis.settings));
}

/** The seed of a host, and its network as it is drawn. */
export function renderHost(analysis: SiteAnalysis, hostName: string): RenderedHost | undefined {
  const host = analysis.analysedHosts.get(hostName);
  if (host === undefined) return undefined;
  const model = networkOfHost(host, analysis.settings);
  const network = model === undefined ? noNetwork : summariseHostNetwork(model);
  return { ...seedOf(host, analysis, model), network };
}

function seedOf(
  host: AnalysedHost,
  { settings }: SiteAnalysis,
  model: NetworkModel | undefined,
): RenderedSeed {
  const userData = renderUserData(host, settings);
  const networkConfig = model === undefined ? '' : cloudInitYaml(renderVersion2(model, new DiagnosticSink()));
  const { name } = host.summary;
  return {
    host: name,
    userData,
    networkConfig,
    metaData: metaDataOf(name, userData, networkConfig),
    vendorData,
    kernelArguments: host.reading.kernelArguments,
  };
}

/** The network of a host as it is rendered: with what the site adds. */
export function networkOfHost({ network }: AnalysedHost, { dns }: SiteSettings): NetworkModel | undefined {
  return network === undefined ? undefined : withSiteNameServers(network, dns);
}

/** The same texts are the same instance. */
export function metaDataOf(name: string, userData: string, networkConfig: string): string {
  return cloudInitYaml({
    'instance-id': instanceId(name, userData, networkConfig),
    'local-hostname': name,
  });
}

/** cloud-init runs its per-instance modules again when the id changes, so a changed seed must be a new instance. */
function instanceId(name: string, userData: string, networkConfig: string): string {
  return `${name}-${contentDigest([name, userData, networkConfig])}`;
}

import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { convertNetwork, type NetworkFile } from '../network/convert-network.ts';
import type { NetworkModel } from '../network/model.ts';
import { renderVersion2 } from '../network/render-version-2.ts';
import { cloudInitYaml } from '../render/cloud-init-yaml.ts';
import { withSiteNameServers } from '../render/site-name-servers.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import type { NetworkSource } from './import-networks.ts';

/**
 * The networks of hosts as files that `importNetworks` takes in again, one for each host and named after it, with the
 * name servers of the site as in the hosts' seeds. Hosts without a network have no file. What the format cannot say is a
 * warning at the place in the site.
 */
export function exportNetworks(
  { analysedHosts, settings }: SiteAnalysis,
  hosts: readonly string[],
  format: NetworkSource,
): { readonly files: readonly NetworkFile[]; readonly diagnostics: readonly Diagnostic[] } {
  const sink = new DiagnosticSink();
  const files = hosts.flatMap((host) => {
    const network = analysedHosts.get(host)?.network;
    if (network === undefined) return [];
    return fileOf(host, withSiteNameServers(network, settings.dns), format, sink);
  });
  return { files, diagnostics: sink.list() };
}

function fileOf(
  host: string,
  model: NetworkModel,
  format: NetworkSource,
  sink: DiagnosticSink,
): NetworkFile[] {
  // A file of /etc/netplan holds its network under this key; cloud-init's network-config may leave it out.
  if (format === 'netplan')
    return [{ name: `${host}.yaml`, text: cloudInitYaml({ network: renderVersion2(model, sink) }) }];
  const converted = convertNetwork(model, format, sink);
  if (!('text' in converted)) return [];
  return [{ name: `${host}.${format === 'network-data' ? 'json' : 'yaml'}`, text: converted.text }];
}

import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { NetworkFile } from '../network/convert-network.ts';
import { renderKeyfiles } from '../network/render-keyfiles.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { withSiteNameServers } from './site-name-servers.ts';

/**
 * A host's network as the keyfiles that NetworkManager would hold, with the name servers of the site as in its seed; none
 * for a host that is not there or has no network. What keyfiles cannot say goes to the sink.
 */
export function hostKeyfiles(
  { analysedHosts, settings }: SiteAnalysis,
  hostName: string,
  sink: DiagnosticSink,
): readonly NetworkFile[] {
  const network = analysedHosts.get(hostName)?.network;
  return network === undefined ? [] : renderKeyfiles(withSiteNameServers(network, settings.dns), sink);
}

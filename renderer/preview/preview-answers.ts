import { comparedHost, compareHosts } from '#shared/compare/compare-hosts.ts';
import { freshnessOf } from '#shared/compare/freshness.ts';
import { DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { renderKeyfiles } from '#shared/network/render-keyfiles.ts';
import { realmsOfHost } from '#shared/realms/host-realms.ts';
import { originsOfHost } from '#shared/render/host-origins.ts';
import { networkFacts } from '#shared/render/network-drawing.ts';
import { networkOfHost, renderHost } from '#shared/render/render-host.ts';
import type { SiteAnalysis } from '#shared/site/analysis.ts';
import type { FilesOnHost, HostComparison, PreviewAnswers, PreviewQuestion } from './preview-questions.ts';

/** Runs in the worker. Undefined for hosts that are not there. */
export function answerPreview(
  analysis: SiteAnalysis,
  question: PreviewQuestion,
): PreviewAnswers[keyof PreviewAnswers] | undefined {
  switch (question.kind) {
    case 'origins':
      return originsOfHost(analysis, question.host, question.document);
    case 'on-host':
      return filesOnHost(analysis, question.host, question.as);
    case 'comparison':
      return comparison(analysis, question.host, question.other);
    case 'freshness':
      return freshnessOf(analysis, question.host, question.delivered);
    case 'realms':
      return realmsOfHost(analysis, question.host);
    case 'network': {
      const host = analysis.analysedHosts.get(question.host);
      const model = host && networkOfHost(host, analysis.settings);
      return model && networkFacts(model);
    }
  }
}

function comparison(analysis: SiteAnalysis, name: string, otherName: string): HostComparison | undefined {
  const [here, other] = [comparedHost(analysis, name), comparedHost(analysis, otherName)];
  const there = renderHost(analysis, otherName);
  if (here === undefined || other === undefined || there === undefined) return undefined;
  const { userData, metaData, networkConfig, vendorData } = there;
  return { differences: compareHosts(here, other), there: { userData, metaData, networkConfig, vendorData } };
}

function filesOnHost(
  analysis: SiteAnalysis,
  name: string,
  as: 'netplan' | 'keyfiles',
): FilesOnHost | undefined {
  if (as === 'keyfiles') return keyfilesOf(analysis, name);
  const rendered = renderHost(analysis, name);
  if (rendered === undefined) return undefined;
  if (rendered.networkConfig === '') return { files: [], losses: [] };
  return { files: [netplanFile(rendered.networkConfig)], losses: [] };
}

/** What NetworkManager would hold of the same network, on an image that has it instead of netplan and networkd. */
function keyfilesOf(analysis: SiteAnalysis, name: string): FilesOnHost | undefined {
  const host = analysis.analysedHosts.get(name);
  if (host === undefined) return undefined;
  const model = networkOfHost(host, analysis.settings);
  const sink = new DiagnosticSink();
  const files = model === undefined ? [] : renderKeyfiles(model, sink);
  const folder = '/etc/NetworkManager/system-connections/';
  return {
    files: files.map((file) => ({ path: `${folder}${file.name}`, text: file.text })),
    losses: sink.list(),
  };
}

/** cloud-init 22.4 hands version 2 to netplan as it is, below `network:` (net/netplan.py). */
function netplanFile(networkConfig: string): FilesOnHost['files'][number] {
  const indented = networkConfig.replace(/^(?=.)/gm, '  ');
  return { path: '/etc/netplan/50-cloud-init.yaml', text: `network:\n${indented}` };
}

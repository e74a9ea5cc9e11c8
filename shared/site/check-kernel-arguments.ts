import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { replacementFix } from '../diagnostics/suggest.ts';
import { checkArgument } from '../render/host-profile/kernel/check-argument-conflicts.ts';
import { argumentName } from '../render/host-profile/kernel/kernel-arguments.ts';
import { kernelArguments, meantName } from '../render/host-profile/likely-names.ts';
import { readHugepages } from '../render/host-profile/machine/hugepages.ts';
import { removed } from '../render/host-profile/remedy.ts';
import { renderHostProfile } from '../render/host-profile/render-host-profile.ts';
import type { HostProfile } from '../schema/host-profile.ts';
import { childOf, type ScalarNode } from '../source/source-node.ts';
import type { CheckedHost } from './check-host.ts';
import type { DocumentIndex } from './check-references.ts';
import { textItems } from './host-document.ts';

/** Arguments of one host stand behind those of its profile, and can take away what that reserves. */
export function checkHostKernelArguments(
  hosts: readonly CheckedHost[],
  index: DocumentIndex,
  sink: DiagnosticSink,
): void {
  for (const { reading } of hosts) {
    if (reading.kernelArguments.length === 0) continue;
    const { profile } = index.find('host-profile', String(reading.profile?.value)) ?? {};
    const nodes = textItems(childOf(childOf(reading.document.root, 'spec'), 'kernelArguments'));
    for (const node of nodes) {
      checkName(node, sink);
      if (profile !== undefined) checkAgainst(profile, node, sink);
    }
    if (profile !== undefined) checkHugepages(profile, nodes, sink);
  }
}

/** Which number of pages counts depends on all that stands before it. */
function checkHugepages(profile: HostProfile, nodes: readonly ScalarNode[], sink: DiagnosticSink): void {
  const texts = nodes.map((node) => String(node.value));
  if (!texts.some((text) => text.includes('hugepage'))) return;
  const before = renderHostProfile(profile.spec).kernelArguments;
  for (const { index, why } of readHugepages([...before, ...texts]).passedOver) {
    const node = nodes[index - before.length];
    if (node === undefined) continue;
    const message = `The kernel passes over ${String(node.value)}: ${why}. Those of the profile “${profile.metadata.name}” come first.`;
    sink.at(node, 'warning', 'host-profile-value', message);
  }
}

function checkName(node: ScalarNode, sink: DiagnosticSink): void {
  const name = argumentName(String(node.value));
  const meant = meantName(name, kernelArguments);
  if (meant === undefined) return;
  const message = `“${name}” is not known. Did you mean “${meant}”?`;
  const isWhole = name === node.value;
  sink.at(
    node,
    'warning',
    'host-profile-value',
    message,
    isWhole ? [replacementFix(node, meant)] : undefined,
  );
}

function checkAgainst(profile: HostProfile, node: ScalarNode, sink: DiagnosticSink): void {
  const text = String(node.value);
  const rendered = renderHostProfile(profile.spec);
  const check = {
    spec: profile.spec,
    isRead: () => true,
    rendered: { ...rendered, kernelArguments: [...rendered.kernelArguments, text] },
    contradiction: (_: unknown, message: string) =>
      sink.at(node, 'error', 'host-profile-contradiction', message),
    value: (_: unknown, message: string) => sink.at(node, 'warning', 'host-profile-value', message),
  };
  checkArgument(check, text, node, removed('kernelArguments'));
  const reserves = (profile.spec.hugepages?.pages ?? []).some(({ count }) => count > 0);
  if (!reserves || !/^cgroup_disable=(.*,)?hugetlb\b/.test(text)) return;
  const message = `${text} takes huge pages away from containers, but the profile “${profile.metadata.name}” reserves some.`;
  sink.at(node, 'error', 'host-profile-contradiction', message);
}

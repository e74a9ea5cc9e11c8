import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf } from '../source/source-node.ts';
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
    const profile = index.find('host-profile', String(reading.profile?.value));
    const pages = profile?.profile?.spec.hugepages?.pages ?? [];
    if (reading.kernelArguments.length === 0 || !pages.some(({ count }) => count > 0)) continue;
    for (const node of textItems(childOf(childOf(reading.document.root, 'spec'), 'kernelArguments'))) {
      const text = String(node.value);
      if (!/^cgroup_disable=(.*,)?hugetlb\b/.test(text)) continue;
      const message = `${text} takes huge pages away from containers, but the profile “${profile?.name}” reserves some.`;
      sink.at(node, 'error', 'host-profile-contradiction', message);
    }
  }
}

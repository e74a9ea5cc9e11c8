import type { HostRole } from '../schema/host.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import type { DocumentSink } from './document-sink.ts';

export const ephemeralHostLabel = 'airshipit.org/ephemeral-node';
export const ephemeralUserDataLabel = 'airshipit.org/ephemeral-user-data';
/** The second one is older; the last is that of OpenShift's installer. */
export const roleLabels = [
  'airshipit.org/k8s-role',
  'airshipit.org/node-role',
  'installer.openshift.io/role',
] as const;

const roles: Readonly<Record<string, HostRole>> = {
  'controlplane-host': 'control-plane',
  'control-plane': 'control-plane',
  controlplane: 'control-plane',
  master: 'control-plane',
  'worker-host': 'worker',
  worker: 'worker',
  'storage-host': 'storage',
  storage: 'storage',
  'edge-host': 'edge',
  edge: 'edge',
};

/** The value under `k8s-role` that a role of ours is written as. */
export const labelOfRole: Readonly<Partial<Record<HostRole, string>>> = {
  'control-plane': 'controlplane-host',
  worker: 'worker-host',
  storage: 'storage-host',
  edge: 'edge-host',
};

/** Whether a label is set to true. Kubernetes takes text only: a bare `true` is reported, and meant. */
export function isLabelled(labels: SourceNode | undefined, label: string, sink?: DocumentSink): boolean {
  const value = childOf(labels, label);
  if (value?.type !== 'scalar') return false;
  if (typeof value.value === 'boolean') {
    const message = `The value of a label is text for Kubernetes, which refuses this document. Write "${value.value}" in quotes.`;
    sink?.at(value, 'error', 'value-type', message);
    return value.value;
  }
  return value.value === 'true';
}

/** The role that a label gives, with the label; undefined when none does. */
export function labelledRole(
  labels: SourceNode | undefined,
  sink: DocumentSink,
): { readonly role: HostRole; readonly label: string } | undefined {
  for (const label of roleLabels) {
    const value = childOf(labels, label);
    if (value?.type !== 'scalar') continue;
    const written = String(value.value);
    if (Object.hasOwn(roles, written)) return { role: roles[written] as HostRole, label };
    const message = `The role “${written}” is not known here. The host becomes a worker; change “role” in its document.`;
    sink.at(value, 'warning', 'airship-not-imported', message);
  }
  return undefined;
}

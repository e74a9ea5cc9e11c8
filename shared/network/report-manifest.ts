import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { childOf, entryOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { textOf } from './read-value.ts';

/** Where documents of Kubernetes that carry a network have it (OpenShift’s agent installer, kubernetes-nmstate). */
export const networkOfManifest: Readonly<Record<string, string>> = {
  NMStateConfig: 'spec.config',
  NodeNetworkConfigurationPolicy: 'spec.desiredState',
  NodeNetworkState: 'status.currentState',
  AgentConfig: 'hosts[].networkConfig',
};

/** A document of Kubernetes that was saved whole, in place of the network that it carries. */
export function reportManifest(node: SourceNode, sink: DiagnosticSink): boolean {
  const kind = childOf(node, 'kind');
  const name = textOf(kind);
  if (kind === undefined || name === undefined || childOf(node, 'apiVersion') === undefined) return false;
  const path = Object.hasOwn(networkOfManifest, name) ? networkOfManifest[name] : undefined;
  const way =
    path === undefined ? '' : ` Its network stands under “${path}”: put that alone into a file of its own.`;
  const message = `This is a document of Kubernetes (“${name.slice(0, 80)}”) and no network.${way}${caveatOf(name, node)}`;
  sink.at(kind, 'error', 'document-kind', message);
  return true;
}

function caveatOf(kind: string, node: SourceNode): string {
  if (kind === 'NodeNetworkState')
    return ' It is what a node has, also from DHCP and by default, and not what it was told to have.';
  return childOf(childOf(node, 'spec'), 'capture') === undefined
    ? ''
    : ' Its “capture” fills that in from the state of a node, which only kubernetes-nmstate does: write the values themselves.';
}

/**
 * A policy of nmpolicy (https://nmstate.io/nmpolicy/), alone or as the desired state that was taken out of one: what it
 * captures is the state of a running host, and hosts of a site are still to be started.
 */
export function reportPolicy(node: SourceNode, sink: DiagnosticSink): boolean {
  const capture = entryOf(node, 'capture');
  if (capture?.value.type === 'map') {
    const state = ['desiredState', 'desired'].find((key) => entryOf(node, key) !== undefined);
    const rest = state === undefined ? '' : ` Its network stands under “${state}”.`;
    const message = `This is a policy of nmpolicy and no network: “capture” asks a running host, and nmstatectl resolves it there (nmstatectl policy).${rest} Put that alone into this file, with the values themselves.`;
    sink.at(capture.key, 'error', 'document-kind', message);
    return true;
  }
  const expression = firstExpression(node);
  if (expression === undefined) return false;
  const message = `“${String(expression.value).slice(0, 80)}” is an expression of nmpolicy, which is resolved on a running host. Here it is text: write the value itself, or a reference to one of the host such as ((var.name)).`;
  sink.at(expression, 'error', 'document-kind', message);
  return true;
}

function firstExpression(root: SourceNode): ScalarNode | undefined {
  if (!/\{\{\s*capture\./.test(root.source.text)) return undefined;
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'map') {
      for (const { key, value } of node.entries.toReversed()) pending.push(value, key);
    } else if (node.type === 'sequence') {
      for (const item of node.items.toReversed()) pending.push(item);
    } else if (/\{\{\s*capture\./.test(String(node.value))) return node;
  }
  return undefined;
}

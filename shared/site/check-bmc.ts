import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { wordFix } from '../diagnostics/suggest.ts';
import { bmcUrl } from '../schema/scalars.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';

/** Protocols that are Redfish, after the names that Metal3 gives them. */
const redfish = /^(?:redfish|[a-z]+\d?-redfish|[a-z]+\d?-virtualmedia)(?:\+https?)?:\/\/[^/]+(\/.*)?$/;

/** Where Redfish has its systems (DSP0266, 6.6); its paths tell capitals from small letters. */
const systems = '/redfish/v1/Systems/';

/**
 * The path in the address of a BMC: it is the name of the machine there, and nothing else can be asked for. A warning
 * alone, since a controller of one machine may be found without it.
 */
export function checkBmc(root: SourceNode, sink: DiagnosticSink): void {
  const node = childOf(childOf(childOf(root, 'spec'), 'bmc'), 'address');
  if (node?.type !== 'scalar' || typeof node.value !== 'string') return;
  // What is no such address is told by the schema.
  const match = bmcUrl.safeParse(node.value).success ? redfish.exec(node.value) : null;
  if (match !== null) checkPath(node, node.value, match[1] ?? '', sink);
}

function checkPath(node: ScalarNode, url: string, path: string, sink: DiagnosticSink): void {
  if (path.startsWith(systems) && path.length > systems.length) return;
  const [, machine] = /^\/redfish\/v1\/systems?\/([^/]+)\/?$/i.exec(path) ?? [];
  if (machine !== undefined) {
    const instead = `${url.slice(0, url.length - path.length)}${systems}${machine}`;
    const message = `Redfish has its machines under ${systems}, and nothing under this path. Write ${systems}${machine}.`;
    sink.at(node, 'warning', 'value-invalid', message, [wordFix(node, instead)]);
    return;
  }
  const message = `The address does not say which machine of the controller is meant; its path is ${systems} and a name, often 1, System.Embedded.1 (iDRAC) or Self.`;
  sink.at(node, 'warning', 'value-invalid', message);
}

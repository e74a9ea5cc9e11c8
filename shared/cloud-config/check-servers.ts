import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { wordFix } from '../diagnostics/suggest.ts';
import { parseIpAddress } from '../network/addresses.ts';
import { textFormats } from '../network/text-formats.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

/** Warns of what is meant to be an address and is none: cloud-init writes servers into files without a look at them. */
export function checkServers(
  root: MapNode,
  sink: DiagnosticSink,
  isOpen: (node: ScalarNode) => boolean,
): void {
  const ntp = childOf(root, 'ntp');
  const named = ['servers', 'pools', 'peers'].flatMap((key) => itemsUnder(childOf(ntp, key)));
  for (const node of named) checkServer(node, false, sink, isOpen);
  for (const node of itemsUnder(childOf(childOf(root, 'resolv_conf'), 'nameservers')))
    checkServer(node, true, sink, isOpen);
}

/** Digits and dots, or colons, are no name: the top-level domain has letters (RFC 3696 section 2). */
const likeAddress = /^[\d.,]*\.[\d.,]*(?:\/.*)?$|:|^[\dO]+(?:\.[\dO]+){3}$/;

function checkServer(
  node: SourceNode,
  isAddressOnly: boolean,
  sink: DiagnosticSink,
  isOpen: (node: ScalarNode) => boolean,
): void {
  if (node.type !== 'scalar' || node.value === null || isOpen(node)) return;
  const text = String(node.value).trim();
  if (text.includes('://')) {
    const [, host] = /^[a-z]+:\/\/([\w.-]+)\/?$/i.exec(text) ?? [];
    const fixes = host === undefined ? undefined : [wordFix(node, host)];
    sink.at(node, 'warning', 'network-dns', 'A server is a name or an address here, not a URL.', fixes);
    return;
  }
  if (text === '' || /[\s,]/.test(text)) {
    const what = text === '' ? 'There is no server here' : `“${text.slice(0, 80)}” is taken for one server`;
    const message = `${what}, and the program that reads its line does not start. Each item is one name or address.`;
    sink.at(node, 'warning', 'network-dns', message);
    return;
  }
  if (parseIpAddress(text) !== undefined || (!isAddressOnly && !likeAddress.test(text))) return;
  const fault = textFormats['name-server'].fault(text);
  if (fault !== undefined) sink.at(node, 'warning', 'network-dns', fault);
}

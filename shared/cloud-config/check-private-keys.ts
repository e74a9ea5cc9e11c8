import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { SourceNode } from '../source/source-node.ts';

/** PEM (RFC 7468) and OpenSSH; what follows the header is the key, or its start. */
const privateKey = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----[ \t]*\r?\n\s*\S/;

const message =
  'A private key stands in this document: whoever reads the site, or its history in git, has it. Put it into a secret, and write ((secret.NAME)) here.';

/** A key in a file that is written, or of the SSH server: its value belongs to the secrets, as that of a password. */
export function checkPrivateKeys(
  root: SourceNode,
  sink: DiagnosticSink,
  isTold: (node: SourceNode) => boolean,
): void {
  if (!root.source.text.includes('PRIVATE KEY-----')) return;
  const visit = (node: SourceNode): void => {
    if (node.type === 'sequence') node.items.forEach(visit);
    else if (node.type === 'map') for (const { value } of node.entries) visit(value);
    else if (typeof node.value === 'string' && privateKey.test(node.value) && !isTold(node))
      sink.at(node, 'warning', 'cloud-config-private-key', message);
  };
  visit(root);
}

import { monaco } from './monaco.ts';

/** A secret has no place in any text: an address of its own stands for it, which leads to where its value is set. */
const scheme = 'secret';

export function addressOfSecret(name: string): monaco.Uri {
  const uri = monaco.Uri.from({ scheme, path: `/${name}` });
  // A link is only drawn to an address that has a text. There is nothing to be shown of a secret.
  if (monaco.editor.getModel(uri) === null) monaco.editor.createModel('', 'plaintext', uri);
  return uri;
}

export function secretAtAddress(uri: monaco.Uri): string | undefined {
  return uri.scheme === scheme ? uri.path.slice(1) : undefined;
}

import type { SiteFile } from '../import/imported-site.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { scalarText } from './insert-text.ts';
import { newDocumentText } from './new-document.ts';

/** In this order, since each is made to refer to those before it. */
const paths = [
  'site.yaml',
  'profiles/node.yaml',
  'networks/management.yaml',
  'images/node.yaml',
  'hosts/node-1.yaml',
];

const longestName = 63;

/**
 * The least site that can be built: one host with a network, and an image of one profile, each as the skeleton of its
 * kind. It has no problems; what has to be replaced is an address and a MAC address that no machine has, and what has to
 * be added is a key, without which nobody can log in.
 */
export function newSite(name: string): readonly SiteFile[] {
  const analyser = createSiteAnalyser();
  return paths.flatMap((path) => {
    const draft = newDocumentText(analyser.analyse(), path);
    if (draft === undefined) return [];
    const text = path === 'site.yaml' ? named(draft, name) : draft.text;
    analyser.update(path, text);
    return [{ path, text, isPrivate: false }];
  });
}

function named({ text, select }: ReturnType<typeof newDocumentText> & object, name: string): string {
  const oneLine =
    name
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, longestName) || 'my-site';
  return text.slice(0, select.start) + scalarText(oneLine) + text.slice(select.end);
}

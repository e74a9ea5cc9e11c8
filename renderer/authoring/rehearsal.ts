import { completionsAt } from '#shared/assist/completions.ts';
import { hoverAt } from '#shared/assist/hover.ts';
import { createAuthoringSession } from '#shared/site/session.ts';
import { contentOf } from '#shared/site/site-content.ts';
import { siteNamesOf } from './site-names.ts';

/** Times that each document is changed: after a dozen, the engine has compiled what a keystroke runs. */
const rounds = 12;
/** Hosts that take part: a site of 500 hosts runs the same code as one of two. */
const hosts = 2;
/** UTF-16 units of a document that takes part: long ones teach the engine no more than these. */
const longest = 100_000;

/**
 * What an engineer will do, done once on a copy of the site while nobody waits: the first keystroke ran code that was
 * never run before, and took 150 ms where the twentieth takes 25. Each step takes about as long as a keystroke.
 */
export function* rehearsal(
  documents: readonly (readonly [path: string, text: string])[],
): Generator<undefined, void> {
  const chosen = documents.filter(
    ([path, text]) => text.length < longest && (!path.startsWith('hosts/') || isAmongFirst(path, documents)),
  );
  const session = createAuthoringSession();
  const content = contentOf([]);
  session.open(new Map(chosen));
  yield;
  const name = session.analysis().hosts[0]?.name;
  session.select(name);
  const typedIn = [
    longestBelow('networks/', chosen),
    longestBelow('user-data/', chosen),
    longestBelow('hosts/', chosen),
  ];
  for (let round = 0; round < rounds; round++) {
    for (const document of typedIn) {
      if (document === undefined) continue;
      const [path, text] = document;
      yield;
      session.change(path, `${text}# ${'x'.repeat(round)}`);
      yield;
      const request = { path, text, offset: text.length, site: siteNamesOf(session.analysis(), content) };
      completionsAt(request);
      hoverAt({ ...request, offset: Math.floor(text.length / 2) });
    }
  }
}

function isAmongFirst(path: string, documents: readonly (readonly [string, string])[]): boolean {
  let before = 0;
  for (const [other] of documents) {
    if (other === path) return before < hosts;
    if (other.startsWith('hosts/')) before++;
  }
  return false;
}

function longestBelow(
  folder: string,
  documents: readonly (readonly [string, string])[],
): readonly [string, string] | undefined {
  let found: readonly [string, string] | undefined;
  for (const document of documents) {
    if (document[0].startsWith(folder) && document[1].length > (found?.[1].length ?? 0)) found = document;
  }
  return found;
}

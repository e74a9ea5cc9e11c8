/**
 * What stands in rendered texts where a document refers to a secret: six bullets and the name. Everything that is pure
 * works with these; the values are put in their place in the core, at the moment in which a seed is written.
 */
export const bullets = '••••••';

const maskPattern = /••••••\(([A-Za-z0-9][A-Za-z0-9._-]{0,127})\)/g;

/** No character of a mask has a meaning in YAML or can be part of a name. */
export function maskOf(name: string): string {
  return `${bullets}(${name})`;
}

export function replaceMasks(text: string, replacement: (name: string, mask: string) => string): string {
  if (!text.includes(bullets)) return text;
  return text.replace(maskPattern, (mask, name: string) => replacement(name, mask));
}

/** Where masks stand in a text, which a document never should hold: someone copied them from a preview. */
export function masksIn(
  text: string,
): { readonly name: string; readonly start: number; readonly end: number }[] {
  if (!text.includes(bullets)) return [];
  return [...text.matchAll(maskPattern)].map((match) => ({
    name: match[1] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The names of the secrets that a rendered text holds masks of, each once, in the order of the text. */
export function secretsIn(text: string): string[] {
  if (!text.includes(bullets)) return [];
  return [...new Set([...text.matchAll(maskPattern)].map((match) => match[1] ?? ''))];
}

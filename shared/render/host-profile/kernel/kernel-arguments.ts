import type { HostProfile } from '../../../schema/host-profile.ts';

type Argument = HostProfile['spec']['kernel']['arguments'][number];

/** Arguments that mean something at each place where they stand. */
const repeatable = new Set(['hugepagesz', 'hugepages']);

export function argumentText(argument: Argument): string {
  if (typeof argument === 'string') return argument;
  const { name, value } = argument;
  if (value === undefined) return name;
  return /\s/.test(value) ? `${name}="${value.replaceAll('"', '')}"` : `${name}=${value}`;
}

export function argumentName(text: string): string {
  return text.split('=', 1)[0] ?? text;
}

/** Drops arguments that stand there already, word for word. */
export function withoutRepetition(words: readonly string[]): string[] {
  const seen = new Set<string>();
  return words.filter((word) => {
    if (repeatable.has(argumentName(word))) return true;
    const isNew = !seen.has(word);
    seen.add(word);
    return isNew;
  });
}

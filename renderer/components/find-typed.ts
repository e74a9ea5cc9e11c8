/** The next row whose text starts with what was typed; repeating one letter goes on to the next such row. */
export function findTyped(texts: readonly string[], active: number, typed: string): number | undefined {
  const wanted = typed.toLowerCase();
  const first = typed.length === 1 ? active + 1 : active;
  for (let step = 0; step < texts.length; step++) {
    const index = (first + step) % texts.length;
    if (texts[index]?.toLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
}

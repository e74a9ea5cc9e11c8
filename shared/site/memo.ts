/** A function of a list that remembers its last result. */
export interface Memoised<Input, Result> {
  /** Calculated again only when an item is not the same object or value as the last time. */
  of(inputs: readonly Input[]): Result;
}

export function memoised<Input, Result>(
  calculate: (inputs: readonly Input[]) => Result,
): Memoised<Input, Result> {
  let last: { readonly inputs: readonly Input[]; readonly result: Result } | undefined;
  return {
    of(inputs) {
      if (last === undefined || !sameItems(last.inputs, inputs)) last = { inputs, result: calculate(inputs) };
      return last.result;
    },
  };
}

export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** A file may have an ending that documents leave out: `bmc-rack-1` names secrets/bmc-rack-1.yaml, too. */
export function withoutEnding(file: string): string {
  return file.replace(/(.)\.[^.]+$/, '$1');
}

/** The name under which the value of a secret is kept: its own before one with an ending; undefined without a value. */
export function storedName(name: string, names: readonly string[]): string | undefined {
  return names.includes(name) ? name : names.find((file) => withoutEnding(file) === name);
}

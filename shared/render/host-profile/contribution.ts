/** A file as the builder writes it. `mode` is octal text. */
export interface BakedFile {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
  readonly content: string;
}

export interface BakedScript {
  readonly name: string;
  readonly content: string;
}

/** What one topic of a profile adds to an image. */
export interface Contribution {
  readonly kernelArguments?: readonly string[];
  readonly files?: readonly BakedFile[];
  readonly packages?: readonly string[];
  /** Units started at boot. */
  readonly enable?: readonly string[];
  readonly scripts?: readonly BakedScript[];
}

/** Says in every generated file where its content comes from: whoever finds it on a host must not edit it there. */
const origin = '# Baked by Siteforge from the host profile. Change the profile and build the image again.\n';

export function configurationFile(path: string, lines: readonly string[]): BakedFile[] {
  if (lines.length === 0) return [];
  return [rootFile(path, `${origin}${lines.join('\n')}\n`)];
}

/** A file of root that everybody may read, unless another mode is given. */
export function rootFile(path: string, content: string, mode = '0644'): BakedFile {
  return { path, owner: 'root', group: 'root', mode, content };
}

/** A script that ends at the first command that fails; none without commands. */
export function shellScript(name: string, commands: readonly string[]): BakedScript[] {
  return commands.length === 0 ? [] : [{ name, content: `#!/bin/sh\nset -eu\n${commands.join('\n')}\n` }];
}

/** POSIX shell, section 2.2.2: nothing is special inside single quotes but the quote itself. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

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
  readonly scripts?: readonly BakedScript[];
}

/** Says in every generated file where its content comes from: whoever finds it on a host must not edit it there. */
const origin = '# Baked by Siteforge from the host profile. Change the profile and build the image again.\n';

export function configurationFile(path: string, lines: readonly string[]): BakedFile[] {
  if (lines.length === 0) return [];
  return [{ path, owner: 'root', group: 'root', mode: '0644', content: `${origin}${lines.join('\n')}\n` }];
}

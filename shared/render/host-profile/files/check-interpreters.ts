import type { Path } from '../../../source/edit-value.ts';
import { linesOfText } from '../../../source/line-of-text.ts';
import { installedPackages, type ProfileCheck } from '../profile-check.ts';
import { appended, type Remedy, replaced, titled } from '../remedy.ts';
import { missingProgram, whyMissing } from './programs.ts';

/** A text that the kernel starts by its first line. */
interface Program {
  readonly content: string;
  readonly way: Path;
  /** What tells a mistake with which it cannot be started. */
  readonly refuse: ProfileCheck['value'];
}

/** Scripts, and files that may be run, whose first line names a program (execve(2), “Interpreter scripts”). */
export function checkInterpreters(check: ProfileCheck): void {
  const { spec, contradiction, value } = check;
  const scripts = (spec.scripts ?? []).map(({ content }, index) => ({
    content,
    way: ['scripts', index, 'content'],
    refuse: contradiction,
  }));
  const files = (spec.files ?? []).flatMap(({ content, mode }, index) =>
    // One that may be run is not always meant to be.
    /[1357]/.test(mode.slice(-3)) ? [{ content, way: ['files', index, 'content'], refuse: value }] : [],
  );
  const installed = installedPackages(check);
  for (const program of [...scripts, ...files]) checkFirstLine(check, program, installed);
}

function checkFirstLine(
  check: ProfileCheck,
  program: Program,
  installed: ReadonlySet<string> | undefined,
): void {
  const { content, way, refuse } = program;
  if (!/^[\s\uFEFF]*#!/.test(content)) return;
  const node = linesOfText(check.at(...way))(0);
  const write = (title: string, text: string): Remedy => titled(title, replaced(text, ...way));
  if (/^[\s\uFEFF]+#!/.test(content)) {
    refuse(
      node,
      'The kernel looks for #! in the first two bytes of a file: nothing may stand in front of it.',
      write('Remove what stands in front of #!', content.replace(/^[\s\uFEFF]+/, '')),
    );
    return;
  }
  const [line = '', end = ''] = /^(#![^\r\n]*)(\r?)/.exec(content)?.slice(1) ?? [];
  const [, path = '', rest = ''] = /^#![ \t]*(\S+)(?:[ \t]+(.*?))?[ \t]*$/.exec(line) ?? [];
  if (path === '') return;
  if (end === '\r') {
    refuse(
      node,
      'The lines end with CR and LF, as on Windows: the kernel takes the CR for a part of the name of the program or of its argument.',
      write('End lines with LF', content.replaceAll('\r\n', '\n')),
    );
    return;
  }
  if (!path.startsWith('/')) {
    refuse(node, 'After #! stands the absolute path of a program, for example #!/bin/sh.');
    return;
  }
  const instead = (text: string) => text + content.slice(line.length);
  const isEnv = /^(\/usr)?\/bin\/env$/.test(path);
  const argumentProblem = oneArgument(path, rest, isEnv);
  if (argumentProblem !== undefined) {
    const { message, line: better } = argumentProblem;
    refuse(
      node,
      message,
      ...(better === undefined ? [] : [write(`Change to ${better.replace('\n', ' and ')}`, instead(better))]),
    );
    return;
  }
  const started = isEnv ? /^(?:-S[ \t]*|--split-string[= ])?([^\s=-]\S*)/.exec(rest)?.[1] : path;
  if (started !== undefined)
    checkProgram(check, program, installed, isEnv ? `/usr/bin/${started}` : path, (meant) =>
      instead(isEnv ? line.replace(started, meant.slice('/usr/bin/'.length)) : line.replace(path, meant)),
    );
}

const shells = /^(\/usr)?\/bin\/(sh|bash|dash)$/;

/** The kernel hands everything behind the program to it as one argument, blanks included. */
function oneArgument(
  path: string,
  rest: string,
  isEnv: boolean,
): { message: string; line?: string } | undefined {
  if (!/\s/.test(rest)) return undefined;
  const given = `The kernel hands “${rest}” to ${path} as one argument, and it ends with an error.`;
  if (isEnv)
    return /^(-S|--split-string|-\w*S)/.test(rest)
      ? undefined
      : { message: `${given} env -S takes it apart.`, line: `#!${path} -S ${rest}` };
  if (!shells.test(path)) return undefined;
  const options = rest.replace(/\s*#.*$/, '');
  const line = /^[-+]\w/.test(options) ? `#!${path}\nset ${options}` : undefined;
  return {
    message: `${given} Options stand in a line of their own: set ${options}`,
    ...(line === undefined ? {} : { line }),
  };
}

function checkProgram(
  { spec, at, value }: ProfileCheck,
  { way }: Program,
  installed: ReadonlySet<string> | undefined,
  path: string,
  instead: (meant: string) => string,
): void {
  const missing = installed && missingProgram(path, installed);
  if (missing === undefined || (spec.files ?? []).some((file) => file.path === path)) return;
  const [first] = missing.packages;
  value(
    linesOfText(at(...way))(0),
    `There is no ${path} in the image. ${whyMissing(missing)}`.trim(),
    ...(missing.meant === undefined
      ? []
      : [titled(`Change to ${missing.meant}`, replaced(instead(missing.meant), ...way))]),
    ...(first === undefined ? [] : [appended(first, spec.packages?.install, 'packages', 'install')]),
  );
}

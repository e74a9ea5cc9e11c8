import { interfaceName, variableName } from '../schema/scalars.ts';
import { describeNameProblem, folderOf, nameProblem } from '../site/document-name.ts';
import { isSecretName } from '../site/references.ts';
import type { RenameSubject } from './rename.ts';
import { wordOf } from './symbols.ts';

/** Why a symbol cannot get a name, as a sentence for whoever is typing it; undefined when it can. */
export function newNameProblem(
  { symbol, file, taken }: Pick<RenameSubject, 'symbol' | 'file' | 'taken'>,
  name: string,
): string | undefined {
  if (name === '') return describeNameProblem('empty', name);
  if (file !== undefined) {
    const problem = nameProblem(name, folderOf(file), taken);
    return problem === undefined ? undefined : describeNameProblem(problem, name);
  }
  if (taken.includes(name)) {
    const where = symbol.kind === 'link' ? ' in this network' : '';
    return `There is a ${wordOf(symbol)} “${name}” already${where}.`;
  }
  if (symbol.kind === 'secret') return isSecretName(name) ? undefined : secretNameRule;
  return symbol.kind === 'variable' ? faultOf(variableName, name) : linkNameFault(name);
}

export const secretNameRule =
  'A name has letters, digits, dots, hyphens and underscores, and starts with a letter or a digit.';

function faultOf(
  schema: {
    safeParse(text: string): {
      readonly error?: { readonly issues: readonly { message: string }[] } | undefined;
    };
  },
  name: string,
): string | undefined {
  return schema.safeParse(name).error?.issues[0]?.message;
}

/** A name of a card is a word in references and in YAML alike. */
function linkNameFault(name: string): string | undefined {
  const fault = faultOf(interfaceName, name);
  if (fault !== undefined) return fault;
  return /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)
    ? undefined
    : 'An interface name has letters, digits, dots, hyphens and underscores here, so that it can be referred to.';
}

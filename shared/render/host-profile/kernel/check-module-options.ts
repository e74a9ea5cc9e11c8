import { replacementFix, suggest } from '../../../diagnostics/suggest.ts';
import { entryOf, type SourceNode } from '../../../source/source-node.ts';
import { kernelModules, meantName } from '../likely-names.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { replaced, titled } from '../remedy.ts';
import { comparableModule, otherModuleName, parametersOfModule } from './module-names.ts';

/** Modules under names that they do not have, and parameters that reach none. */
export function checkModuleOptions(check: ProfileCheck): void {
  const { modules } = check.spec.kernel;
  for (const [index, name] of modules.load.entries())
    checkName(check, name, check.at('kernel', 'modules', 'load', index));
  const place = check.at('kernel', 'modules', 'options');
  for (const [name, text] of Object.entries(modules.options)) {
    const key = entryOf(place, name)?.key ?? place;
    checkName(check, name, key);
    // A slip in the list of modules is told there.
    const meant = meantName(name, [...modules.load, ...kernelModules]);
    if (meant !== undefined && !modules.load.includes(name))
      check.misspelt(key, `“${name}” is not known. Did you mean “${meant}”?`, fixOf(key, name, meant));
    checkParameters(check, name, text);
  }
}

function checkName({ misspelt }: ProfileCheck, name: string, node: SourceNode): void {
  const meant = otherModuleName(name);
  if (meant !== undefined)
    misspelt(node, `There is no module ${name}: it is called ${meant}.`, fixOf(node, name, meant));
}

function fixOf(node: SourceNode, name: string, meant: string) {
  return node.type === 'scalar' && node.value === name ? [replacementFix(node, meant)] : undefined;
}

/** kernel/params.c: of an unknown name nothing is set, and a module without a value that it needs is not loaded. */
function checkParameters({ at, value }: ProfileCheck, module: string, text: string): void {
  const place = ['kernel', 'modules', 'options', module] as const;
  const node = at(...place);
  const instead = (other: string) => titled(`Change to ${other}`, replaced(other, ...place));
  if (/[ \t]=|=[ \t]/.test(text)) {
    value(
      node,
      `Parameters are written without blanks around =: the kernel takes each word for itself.`,
      instead(text.replace(/[ \t]*=[ \t]*/g, '=')),
    );
    return;
  }
  if (/^options\s/.test(text)) {
    const left = text.replace(/^options\s+(\S+\s+)?(?=\S+=|\S+$)/, '');
    value(
      node,
      'The words “options” and the module are written for you: only parameters stand here.',
      instead(left),
    );
    return;
  }
  const known = parametersOfModule.get(comparableModule(module));
  // Quotes keep blanks in a value, and what stands there then is not taken apart.
  if (known === undefined || text.includes('"')) return;
  const parts = text.split(/[ \t]+/);
  for (const [index, part] of parts.entries()) {
    const name = part.split('=', 1)[0] ?? part;
    // Debug messages are turned on so in any module (Documentation/admin-guide/dynamic-debug-howto.rst).
    if (name === 'dyndbg') continue;
    const comparable = comparableModule(name);
    const write = (other: string) => instead(parts.with(index, part.replace(name, other)).join(' '));
    if (!known.all.includes(comparable)) {
      const meant = suggest(comparable, known.all);
      value(
        node,
        `The module ${module} has no parameter ${name}, and passes over it.${meant === undefined ? '' : ` Did you mean “${meant}”?`}`,
        ...(meant === undefined ? [] : [write(meant)]),
      );
    } else if (!part.includes('=') && !known.withoutValue.includes(comparable))
      value(
        node,
        `The parameter ${name} needs a value, as in ${name}=1: the module ${module} is not loaded without one.`,
      );
    else if (part.endsWith(',') && index < parts.length - 1)
      value(
        node,
        `Parameters have blanks between them and no commas: the comma becomes a part of the value of ${name}.`,
        instead(parts.with(index, part.slice(0, -1)).join(' ')),
      );
  }
}

/** What keeps apt from reading a configuration, or makes it read another than is written. */
export interface AptConfigurationFault {
  readonly message: string;
  /** The text behind which a semicolon is missing, as it stands in its line. */
  readonly endedBy?: string;
}

const consequence = 'apt then fails at its configuration, whatever it is asked to do';

/**
 * The first fault of a text of apt.conf(5), as `ReadConfigFile` of apt 2.6 takes it: a quote ends with its line, a
 * semicolon, `{` or `}` ends a setting, and braces that do not fit are taken without a word.
 */
export function aptConfigurationFault(text: string): AptConfigurationFault | undefined {
  let pending: string[] = [];
  let depth = 0;
  let isComment = false;
  for (const written of text.split('\n')) {
    const { parts, isOpen, continues } = settingsIn(written, isComment);
    isComment = continues;
    if (isOpen)
      return { message: `The quote in “${shown(written)}” is not closed in its line: ${consequence}.` };
    for (const { content, end } of parts) {
      if (content.trim() !== '') pending.push(content.trim());
      if (end === '') continue;
      const junk = unended(pending, end);
      if (junk !== undefined) return junk;
      pending = [];
      depth += end === '{' ? 1 : end === '}' ? -1 : 0;
      if (depth < 0)
        return {
          message:
            'There is one } too many: the settings after it stand under other names than they seem to.',
        };
    }
  }
  const last = pending.at(-1);
  if (last !== undefined) return missingSemicolon(last);
  if (depth > 0)
    return { message: 'A { is not closed: the settings after it stand under other names than they seem to.' };
  return undefined;
}

function shown(text: string): string {
  return text.trim().slice(0, 80);
}

function missingSemicolon(line: string): AptConfigurationFault {
  return { message: `A ; is missing behind “${shown(line)}”: ${consequence}.`, endedBy: line };
}

interface Part {
  readonly content: string;
  /** What ends it; nothing where the line does. */
  readonly end: '' | ';' | '{' | '}';
}

interface Line {
  readonly parts: readonly Part[];
  /** Whether a quote is open at its end. */
  readonly isOpen: boolean;
  /** Whether a comment goes on in the next line. */
  readonly continues: boolean;
}

function settingsIn(line: string, startsInComment: boolean): Line {
  const parts: Part[] = [];
  let content = '';
  let isQuoted = false;
  let isComment = startsInComment;
  for (let index = 0; index < line.length; index++) {
    const two = line.slice(index, index + 2);
    const sign = line[index] ?? '';
    if (isComment) {
      if (two === '*/') {
        isComment = false;
        index++;
      }
      continue;
    }
    if (sign === '"') isQuoted = !isQuoted;
    if (!isQuoted && (two === '//' || (sign === '#' && !isDirective(line, index)))) break;
    if (!isQuoted && two === '/*') {
      isComment = true;
      index++;
    } else if (!isQuoted && (sign === ';' || sign === '{' || sign === '}')) {
      parts.push({ content, end: sign });
      content = '';
    } else content += sign;
  }
  return { parts: [...parts, { content, end: '' }], isOpen: isQuoted, continues: isComment };
}

function isDirective(line: string, index: number): boolean {
  return line.startsWith('#clear', index) || line.startsWith('#include', index);
}

/** A setting is a name with one value, or with several in quotes; more is the next setting, or an equals sign. */
function unended(lines: readonly string[], end: string): AptConfigurationFault | undefined {
  const words = lines.join(' ').match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  if (words.length <= 2 || words.slice(1).every((word) => word.startsWith('"'))) return undefined;
  const [first, ...others] = lines;
  if (first !== undefined && others.length > 0) return missingSemicolon(first);
  const before = end === ';' ? '' : ` before ${end}`;
  return {
    message: `“${shown(lines.join(' '))}”${before} is more than a name and its value: ${consequence}. Write Name "value";`,
  };
}

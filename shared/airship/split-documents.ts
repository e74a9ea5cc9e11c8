/** One document of a YAML stream: its text without the line that starts it. */
export interface DocumentPart {
  readonly text: string;
  /** Line of the file, from 1, on which the text starts. */
  readonly firstLine: number;
}

/** Rendered sets have hundreds of documents; a file of dashes must not become a million. */
export const maximumParts = 10_000;

/**
 * Cuts a YAML stream into its documents, without reading them: `---` in the first column starts one and `...` ends one
 * wherever they stand, even inside quotes and block scalars (YAML 1.2.2 section 9.1.2). Parts of blank lines, comments
 * and directives hold no document and are left out. At most `maximumParts` are given.
 */
export function splitDocuments(text: string): readonly DocumentPart[] {
  const parts: DocumentPart[] = [];
  let lines: string[] = [];
  let firstLine = 1;
  let line = 0;
  const close = (next: number) => {
    const part = lines.join('');
    if (parts.length < maximumParts && holdsSomething(lines)) parts.push({ text: part, firstLine });
    lines = [];
    firstLine = next;
  };
  for (const written of linesOf(text.replace(/^\uFEFF/, ''))) {
    line += 1;
    if (/^---(?=[ \t\r\n]|$)/.test(written)) {
      close(line);
      const behind = written.slice('---'.length).trim();
      // Only a document that starts on the line itself needs it; all others are read faster without it.
      if (behind === '' || behind.startsWith('#')) firstLine = line + 1;
      else lines.push(written);
    } else if (/^\.\.\.(?=[ \t\r\n]|$)/.test(written)) close(line + 1);
    else lines.push(written);
  }
  close(line + 1);
  return parts;
}

/** With their ends. No pattern reads them: one line may be the whole of a large file, and V8 throws for such. */
function* linesOf(text: string): Generator<string> {
  const next = (mark: string, from: number) => {
    const at = text.indexOf(mark, from);
    return at < 0 ? text.length : at;
  };
  let feed = -1;
  let carriage = -1;
  for (let start = 0; start < text.length; ) {
    if (feed < start) feed = next('\n', start);
    if (carriage < start) carriage = next('\r', start);
    const end = (carriage + 1 === feed ? feed : Math.min(feed, carriage)) + 1;
    yield text.slice(start, end);
    start = end;
  }
}

function holdsSomething(lines: readonly string[]): boolean {
  return lines.some((line) => {
    const written = line.trimStart();
    return written !== '' && !written.startsWith('#') && !line.startsWith('%');
  });
}

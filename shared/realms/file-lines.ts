/** A line of a configuration file, with the comments that stand above it. */
export interface FileLine {
  readonly text: string;
  readonly comments: readonly string[];
}

/** The lines that say something. Comments behind the last of them are that one's. */
export function linesWithComments(content: string): FileLine[] {
  const lines: FileLine[] = [];
  let comments: string[] = [];
  for (const line of content.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [, comment] = /^[#;]+\s*(.*)$/.exec(line) ?? [];
    if (comment === undefined) lines.push({ text: line, comments });
    else if (comment !== '') comments.push(`# ${comment}`);
    if (comment === undefined) comments = [];
  }
  const last = lines.at(-1);
  if (last !== undefined && comments.length > 0)
    lines[lines.length - 1] = { ...last, comments: [...last.comments, ...comments] };
  return lines;
}

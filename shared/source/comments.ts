import { CST, Lexer } from 'yaml';
import type { SourceText, Span } from './source-text.ts';

export interface Comment {
  /** From its `#` on. */
  readonly text: string;
  readonly span: Span;
}

/** The comments of a YAML text in their order, also of one that cannot be parsed. */
export function commentsOf({ text }: SourceText): readonly Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let isContent = false;
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    // Marks of the lexer itself, that stand for no character; behind that of a scalar comes its text.
    const isMark = lexeme === CST.DOCUMENT || lexeme === CST.FLOW_END || lexeme === CST.SCALAR;
    const span = { start: offset, end: offset + lexeme.length };
    if (!isMark && !isContent && type === 'comment') comments.push({ text: lexeme, span });
    isContent = lexeme === CST.SCALAR;
    if (!isMark) offset += lexeme.length;
  }
  return comments;
}

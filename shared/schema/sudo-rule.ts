const sudoTag = /^(?:NO)?(?:EXEC|FOLLOW|INTERCEPT|LOG_(?:IN|OUT)PUT|MAIL|PASSWD|SETENV)$/;

/**
 * Whether sudo can read a rule (sudoers(5)): hosts, “=”, accounts in brackets, tags with a colon each, and commands. The
 * names of commands and aliases are not judged, but that a tag alone is none.
 */
export function isSudoRule(text: string): boolean {
  // A number behind # is that of an account, anything else a comment.
  const rule = text.replace(/\s#(?!-?\d).*$/s, '').trimEnd();
  const [, behind] = /^[^=]*\S\s*=\s*(.*)$/s.exec(rule) ?? [];
  let rest = behind?.replace(/^\([^()]*\)\s*/, '') ?? '';
  for (;;) {
    const [whole, tag] = /^([A-Z][A-Z\d_]*)\s*:\s*/.exec(rest) ?? [];
    if (whole === undefined || tag === undefined) break;
    // Behind “ALL :” stands the rule for other hosts.
    if (!sudoTag.test(tag)) return rest.includes('=');
    rest = rest.slice(whole.length);
  }
  if (rest === '' || /^\(|^[\w%#-]+\)/.test(rest)) return false;
  const [, word = ''] = /^([A-Z][A-Z\d_]*)(?![\w-])/.exec(rest) ?? [];
  if (sudoTag.test(word)) return false;
  return rest.includes('=') || !/^[A-Z][A-Z\d_]*\s+[^\s,:]/.test(rest);
}

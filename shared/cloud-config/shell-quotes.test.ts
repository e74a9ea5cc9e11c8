import { describe, expect, test } from 'vitest';
import { scanShell } from './shell-quotes.ts';

describe('the quotes of a command', () => {
  test.each([
    `echo "it's"`,
    `echo 'say "hi"'`,
    `echo it\\'s`,
    `echo "a \\" b"`,
    `echo $'it\\'s'`,
    `echo done # don't worry`,
    `ls # "\necho 'a'`,
    `echo "$(echo "it's")"`,
    'echo "`echo "it\'s"`"',
    `case $1 in a) echo 'b';; esac`,
    `awk '{print $1}' /etc/hosts | sed -e "s/'/x/"`,
    `cat <<EOF\ndon't\nEOF`,
    `cat <<-'EOF'\ndon't\nEOF`,
    `echo $((1 << 2)) "$((2 * (3 + 4)))"`,
    `echo a#b "#'"`,
    `echo "Don’t", she said`.replace(', she said', ''),
    '',
  ])('are closed in %s', (text) => expect(scanShell(text)).toEqual({}));

  test.each([
    [`echo "it's`, '"'],
    [`echo it's`, "'"],
    [`echo "a" 'b`, "'"],
    [`echo "$(date '+%F)"`, '"'],
    [`echo $'a\\'`, "'"],
    [`echo 'a' # b'\necho "c`, '"'],
  ])('are open in %s', (text, openQuote) => expect(scanShell(text)).toEqual({ openQuote }));

  test('are not those of a word processor', () => {
    expect(scanShell('echo “hi”')).toEqual({ typographicQuote: '“' });
    expect(scanShell('echo ‘hi’ "x"')).toEqual({ typographicQuote: '‘' });
  });
});

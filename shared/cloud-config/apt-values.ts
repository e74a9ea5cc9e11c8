import type { Finding } from './passed-on.ts';

/** apt.conf(5): a proxy is a URL, “direct” or “false”. */
export function proxy(text: string): Finding | undefined {
  if (text === '' || /^(?:(?:https?|socks5h?|ftp):\/\/\S+|direct|false)$/i.test(text)) return undefined;
  const instead = /^[\w.-]+:\d+\/?$/.test(text) ? `http://${text}` : undefined;
  return {
    message: `A proxy of apt is a URL such as http://192.0.2.1:3128; apt fails with “${text}”.`,
    ...(instead === undefined ? {} : { instead }),
  };
}

/** cc_apt_configure writes the text into a file of sources.list(5), where apt stops at a line that it cannot read. */
export function sourceLine(text: string): Finding | undefined {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  if (/^(?:ppa|cloud-archive):/.test(text))
    return {
      message: `“${text.slice(0, 80)}” is read by add-apt-repository of Ubuntu, which Debian does not have, and holds packages of Ubuntu. Write a line such as “deb http://deb.example/debian bookworm main”.`,
    };
  const isShort = /^[\w-]+:\w/.test(text);
  if (first === undefined || isShort) return undefined;
  if (/^\s*(?:deb(?:-src)?\s|\$|\{)/.test(first)) return malformedSource(first.trim());
  // deb822-style sources of newer versions of cloud-init.
  if (/^\s*(?:Types|Enabled|X-[\w-]+):/i.test(first)) return undefined;
  return {
    message: `A source starts with “deb” or “deb-src”; apt reads no source at all with “${first.trim().slice(0, 80)}”.`,
  };
}

/** sources.list(5): options in brackets, a URI, a suite, and components unless the suite is a path with / at its end. */
function malformedSource(line: string): Finding | undefined {
  const [, rest] = /^deb(?:-src)?\s+(?:\[[^\]]*\]\s*)?([^#]*)/.exec(line) ?? [];
  if (rest === undefined || /[$(]/.test(rest)) return undefined;
  const [uri = '', suite, component] = rest.trim().split(/\s+/);
  const missing = !/^[a-z][a-z\d+.-]*:/i.test(uri)
    ? 'has no URI behind “deb”, such as http://deb.example/debian'
    : suite === undefined
      ? 'has no suite behind its URI, such as bookworm'
      : component === undefined && !suite.endsWith('/')
        ? 'has no component behind its suite, such as main'
        : undefined;
  if (missing === undefined) return undefined;
  return { message: `This source ${missing}; apt reads no source at all with “${line.slice(0, 80)}”.` };
}

/** cc_apt_configure hands it to gpg. */
export function fingerprint(text: string): Finding | undefined {
  if (/^(?:0x)?(?:[\da-f]\s*){8,40}$/i.test(text.trim())) return undefined;
  return { message: `“${text.slice(0, 80)}” is no fingerprint of a key: 8 to 40 hexadecimal digits.` };
}

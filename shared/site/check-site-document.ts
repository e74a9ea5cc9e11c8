import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import { wordFix } from '../diagnostics/suggest.ts';
import { proxyExceptionProblem } from '../network/proxy-exceptions.ts';
import { editValue } from '../source/edit-value.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { rangeOf } from '../source/source-text.ts';
import { reportCapitals } from './check-domains.ts';
import { textItems, textUnder } from './host-document.ts';

/** What the schema of site.yaml allows, but nobody means. */
export function checkSiteDocument(root: SourceNode, sink: DiagnosticSink): void {
  const spec = childOf(root, 'spec');
  const keys = textItems(childOf(spec, 'adminKeys'));
  const lists: readonly (readonly [string, readonly ScalarNode[]])[] = [
    ['name server', textItems(childOf(childOf(spec, 'dns'), 'servers'))],
    ['search domain', textItems(childOf(childOf(spec, 'dns'), 'search'))],
    ['time server', textItems(childOf(childOf(spec, 'ntp'), 'servers'))],
    ['component', textItems(childOf(spec, 'components'))],
    ['key', keys],
  ];
  for (const [what, items] of lists) reportTwice(what, items, sink);
  reportCapitals(textItems(childOf(childOf(spec, 'dns'), 'search')), sink);
  for (const entry of textItems(childOf(childOf(spec, 'proxies'), 'noProxy'))) checkDirect(entry, sink);
  checkMirrors(spec, sink);
  const user = childOf(spec, 'adminUser');
  const locked = childOf(user, 'lockPassword');
  if (user === undefined || keys.length > 0 || (locked?.type === 'scalar' && locked.value === false)) return;
  const message =
    'The administrator has neither a password nor keys: nobody can log in with this account. Add adminKeys.';
  sink.at(user, 'warning', 'key-missing', message);
}

/**
 * Shells of hosts hand no_proxy to any program. What all of them read are names, domains with a dot in front and addresses; curl
 * (CURLOPT_NOPROXY(3)), wget and Python know a * alone only.
 */
function checkDirect(entry: ScalarNode, sink: DiagnosticSink): void {
  const text = String(entry.value);
  const problem = proxyExceptionProblem(text);
  const host = /^[a-z]+:\/\/([\w.-]+)(?::\d+)?\/?$/i.exec(text)?.[1];
  const wildcard = /^\*(\.[\w.-]+)$/.exec(text)?.[1];
  const tell = (reason: string, instead?: string) => {
    const message = `“${text.slice(0, 80)}” is reached through the proxy all the same: ${reason}.`;
    const fixes = instead === undefined ? undefined : [wordFix(entry, instead)];
    sink.at(entry, 'warning', 'value-invalid', message, fixes);
  };
  if (/\S[\s;]+\S/.test(text)) tell('each host, domain or network is an entry of its own');
  else if (problem !== undefined) tell(problem, host);
  else if (wildcard !== undefined)
    tell(
      `curl, wget and Python know no * before a name; ${wildcard} stands for all names below it`,
      wildcard,
    );
}

/** Debian's unstable branches have no security suite. */
const rolling = new Set(['sid', 'unstable', 'testing']);

function checkMirrors(spec: SourceNode | undefined, sink: DiagnosticSink): void {
  const [mirror, security] = [childOf(spec, 'mirror'), childOf(spec, 'securityMirror')];
  const release = String(textUnder(spec, 'release')?.value ?? 'bookworm');
  const isRolling = rolling.has(release);
  if (security !== undefined && isRolling)
    sink.at(
      security,
      'info',
      'mirror-incomplete',
      `${release} has no security suite: corrections come with the release. securityMirror is not used.`,
    );
  if (mirror?.type !== 'scalar' || security !== undefined || isRolling) return;
  sink.at(
    mirror,
    'warning',
    'mirror-incomplete',
    `Images get no security corrections: ${release}-security lies in an archive of its own, and nothing says where. Add securityMirror.`,
    securityMirrorFixes(mirror, spec),
  );
}

/** Mirrors of Debian have both archives side by side, under these names (debian.org, "Setting up a Debian archive mirror"). */
function securityMirrorFixes(mirror: ScalarNode, spec: SourceNode | undefined): readonly TextFix[] {
  const uri = String(mirror.value).replace(/\/+$/, '');
  if (!uri.endsWith('/debian')) return [];
  const value = `${uri}-security`;
  const keys = spec?.type === 'map' ? spec.entries.map(({ key }) => String(key.value)) : [];
  const order = keys.flatMap((key) => (key === 'mirror' ? [key, 'securityMirror'] : [key]));
  const change = {
    type: 'set',
    path: ['spec', 'securityMirror'],
    value,
    order,
  } as const;
  const edited = editValue(mirror.source.text, change);
  const [only, ...others] = edited.ok ? edited.replacements : [];
  if (only === undefined || others.length > 0) return [];
  const range = rangeOf(mirror.source, { start: only.start, end: only.end });
  return [{ title: `Add securityMirror ${value}`, file: mirror.source.file, range, newText: only.newText }];
}

function reportTwice(what: string, items: readonly ScalarNode[], sink: DiagnosticSink): void {
  const seen = new Set<string>();
  for (const item of items) {
    // The comment behind an SSH key does not make it another one.
    const text = what === 'key' ? String(item.value).split(/\s+/).slice(0, 2).join(' ') : String(item.value);
    if (seen.has(text)) sink.at(item, 'warning', 'name-duplicate', `This ${what} stands here twice.`);
    seen.add(text);
  }
}

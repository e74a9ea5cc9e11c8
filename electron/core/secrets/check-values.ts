import { type Diagnostic, DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { pemCertificateProblem } from '#shared/schema/pem-certificate.ts';
import { sshPublicKeyProblem } from '#shared/schema/ssh-public-key.ts';
import { secretsIn } from '#shared/secrets/mask.ts';
import { secretPlace } from '#shared/secrets/secret-uses.ts';
import type { SiteAnalysis } from '#shared/site/analysis.ts';
import { parseYaml } from '#shared/source/parse-yaml.ts';
import type { SourceNode } from '#shared/source/source-node.ts';
import { createSourceText } from '#shared/source/source-text.ts';
import type { HostStamp } from '../stamp/host-stamp.ts';

/** crypt(5): `$id$...`, or a locked account. */
const hash = /^(\$[0-9a-z]+\$[^\s:]+|[!*]+)$/;
/** IEEE 802.11i: 8 to 63 printable characters, or 64 hexadecimal digits. */
const wirelessPassword = /^([ -~]{8,63}|[0-9A-Fa-f]{64})$/;

interface Expectation {
  /** The path ends like this; `#` stands for the index in a list. */
  readonly path: readonly string[];
  readonly fits: (value: string) => boolean;
  readonly expected: string;
}

const aHash = {
  fits: (value: string) => hash.test(value),
  expected: 'a hash of a password (mkpasswd --method=yescrypt)',
};
const aKey = {
  fits: (value: string) => sshPublicKeyProblem(value.trim()) === undefined,
  expected: 'one SSH public key',
};
const aCertificate = {
  fits: (value: string) => pemCertificateProblem(value) === undefined,
  expected: 'a certificate in PEM',
};

const inUserData: readonly Expectation[] = [
  { path: ['passwd'], ...aHash },
  { path: ['hashed_passwd'], ...aHash },
  { path: ['ssh_authorized_keys', '#'], ...aKey },
  { path: ['trusted', '#'], ...aCertificate },
];

const inNetwork: readonly Expectation[] = [
  {
    path: ['access-points', '*', 'password'],
    fits: (value) => wirelessPassword.test(value),
    expected: 'a password of 8 to 63 characters, or a key of 64 hexadecimal digits',
  },
];

/** What no check of documents can see: whether a value is what its place takes. Messages never quote the value. */
export function checkValues(
  { host, seed }: HostStamp,
  analysis: SiteAnalysis,
  values: ReadonlyMap<string, string>,
): Diagnostic[] {
  const sink = new DiagnosticSink();
  const analysed = analysis.analysedHosts.get(host);
  if (analysed === undefined) return [];
  const judge = (expectations: readonly Expectation[]) => (path: readonly string[], text: string) => {
    const [name] = secretsIn(text);
    const value = name === undefined || text !== onlyMask(text) ? undefined : values.get(name);
    if (name === undefined || value === undefined) return;
    const expectation = expectations.find((each) => endsWith(path, each.path));
    if (expectation === undefined || expectation.fits(value)) return;
    const place = secretPlace(analysed, analysis.documents, name);
    const key = path.findLast((part) => part !== '#');
    const message = `The value of the secret “${name}” is not what “${key}” takes for ${host}: ${expectation.expected}.`;
    if (place !== undefined) sink.at(place, 'warning', 'secret-value', message);
  };
  visit(treeOf(seed.userData), [], judge(inUserData));
  visit(treeOf(seed.networkConfig), [], judge(inNetwork));
  return sink.list();
}

/** A text that is more than its mask is judged by nobody: what stands around it makes it something else. */
function onlyMask(text: string): string {
  return secretsIn(text).length === 1 ? text.slice(text.indexOf('•'), text.lastIndexOf(')') + 1) : '';
}

function treeOf(text: string): SourceNode | undefined {
  return secretsIn(text).length === 0
    ? undefined
    : parseYaml(createSourceText('', text), new DiagnosticSink());
}

function visit(
  node: SourceNode | undefined,
  path: readonly string[],
  judge: (path: readonly string[], text: string) => void,
): void {
  if (node?.type === 'scalar' && typeof node.value === 'string') judge(path, node.value);
  else if (node?.type === 'sequence') for (const item of node.items) visit(item, [...path, '#'], judge);
  else if (node?.type === 'map') {
    for (const { key, value } of node.entries) visit(value, [...path, String(key.value)], judge);
  }
}

function endsWith(path: readonly string[], end: readonly string[]): boolean {
  const last = path.slice(-end.length);
  return last.length === end.length && end.every((part, index) => part === '*' || part === last[index]);
}

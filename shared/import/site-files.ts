import { scalarText } from '../assist/insert-text.ts';
import { userDataType } from '../cloud-config/header.ts';
import { createSourceText } from '../source/source-text.ts';
import type { ImportedDocument, ImportedHost, ImportedSite, SiteFile } from './imported-site.ts';

/** Starts the comment that says where a document came from, so that an export can leave it out again. */
const originMark = '# Imported from ';
export const importedProfile = 'imported';

const gitignore = `# Images and their manifests: large, and made again at any time.
out/
# Keys and passwords: never in git.
secrets/
`;

/** The documents of a new site. Texts of networks and user-data are kept as they are, below their comment. */
export function siteFilesOf(site: ImportedSite): readonly SiteFile[] {
  const open = (path: string, text: string): SiteFile => ({ path, text, isPrivate: false });
  const files = [
    open('.gitignore', gitignore),
    open('site.yaml', siteText(site)),
    ...site.hosts.map((host) => open(`hosts/${host.name}.yaml`, hostText(host))),
    ...site.networks.map((network) => open(`networks/${network.name}.yaml`, withOrigin(network))),
    ...site.fragments.map((fragment) => open(`user-data/${fragment.name}.yaml`, fragmentText(fragment))),
    ...site.secrets.map((secret) => ({
      ...open(`secrets/${secret.name}`, withOrigin(secret)),
      isPrivate: true,
    })),
    ...(site.isogen === undefined ? [] : [open('isogen.yaml', withOrigin(site.isogen))]),
  ];
  if (site.hosts.length > 0) files.push(open(`profiles/${importedProfile}.yaml`, profileText));
  return files;
}

/** A comment of one line, whatever the name of a file holds. */
function originLine(origin: string): string {
  return `${originMark}${origin.replace(/[\p{Cc}\u0085\u2028\u2029\uFEFF\uFFFE\uFFFF]+/gu, ' ').trim()}`;
}

function withOrigin({ text, origin }: ImportedDocument): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return `${originLine(origin)}${end}${text.replace(/^\uFEFF/, '')}`;
}

/** cloud-init looks at the first line, so the comment is the second. What is not cloud-config gets none. */
function fragmentText({ text, origin }: ImportedDocument): string {
  if (userDataType(createSourceText('', text)) !== 'cloud-config') return text;
  const end = text.indexOf('\n');
  const isCrlf = text[end - 1] === '\r';
  const line = `${originLine(origin)}${isCrlf ? '\r\n' : '\n'}`;
  return end < 0 ? `${text}\n${line}` : `${text.slice(0, end + 1)}${line}${text.slice(end + 1)}`;
}

/** The text as it was before it was imported. */
export function withoutOrigin(text: string): string {
  return text.replace(/^(#cloud-config[^\n]*\n)?# Imported from [^\n]*\n/i, '$1');
}

function siteText({ name, origin }: ImportedSite): string {
  return `# What holds for every host of the site: time zone, time servers, trusted authorities, administrators' keys.
${originLine(origin)}
apiVersion: siteforge/v1
kind: Site
metadata:
  name: ${scalarText(name)}
spec:
  # Baked. The imported documents do not name what images are made of.
  release: bookworm
`;
}

const profileText = `# What is baked into the image of the imported hosts. Their documents say nothing of it: kernel, packages and units
# come here.
apiVersion: siteforge/v1
kind: HostProfile
metadata:
  name: ${importedProfile}
spec: {}
`;

function hostText(host: ImportedHost): string {
  const { name, domain, role, roleOrigin, origin, cards, bmc, userData } = host;
  return `${originLine(origin)}
apiVersion: siteforge/v1
kind: Host
metadata:
  name: ${scalarText(name)}
spec:
${domain === undefined ? '' : `  domain: ${scalarText(domain)}\n`}  # ${roleOrigin}
  role: ${role}
  profile: ${importedProfile}

${macsText(cards)}${bmc === undefined ? '' : bmcText(bmc)}
${networkText(host)}${userData.length === 0 ? '' : `\n  userData: [${userData.map(scalarText).join(', ')}]\n`}`;
}

function macsText(cards: ImportedHost['cards']): string {
  if (cards.length === 0) return '  # The imported documents name no card.\n  macs: {}\n';
  const lines = cards.map(([name, mac]) => `    ${scalarText(name)}: "${mac}"\n`).join('');
  return `  # The card that boots comes first.\n  macs:\n${lines}`;
}

function bmcText({ address, credentials }: NonNullable<ImportedHost['bmc']>): string {
  const secret =
    credentials === undefined
      ? ''
      : `    # User and password lie in secrets/, never in this file.\n    credentials: ${scalarText(credentials)}\n`;
  return `\n  bmc:\n    address: ${scalarText(address)}\n${secret}`;
}

function networkText({ network, cards }: ImportedHost): string {
  if (network !== undefined) return `  network:\n    ref: ${scalarText(network)}\n`;
  const [first] = cards;
  const link =
    first === undefined
      ? ' {}\n'
      : `\n        ${scalarText(first[0])}:\n          match:\n            macaddress: ((mac.${first[0]}))\n          dhcp4: true\n`;
  return `  # The imported documents name no network for this host. Without one, cloud-init asks DHCP.
  network:
    inline:
      version: 2
      ethernets:${link}`;
}

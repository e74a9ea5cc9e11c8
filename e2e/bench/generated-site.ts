import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Hosts per value of the third byte of an address: .1 to .250. */
const hostsPerByte = 250;

export function copyExample(checkout: string, folder: string): void {
  const example = path.join(checkout, 'assets', 'examples', 'edge-berlin');
  const kept = (source: string) => !/\/(out|secrets)$/.test(source);
  cpSync(example, folder, { recursive: true, filter: kept });
}

/**
 * The example site with `count` hosts: workers like its own, with names, MAC addresses and addresses of their own.
 * Its networks become /16, since a /24 holds 254 hosts.
 */
export function makeSiteOfHosts(checkout: string, folder: string, count: number): void {
  copyExample(checkout, folder);
  for (const name of readdirSync(path.join(folder, 'networks'))) {
    const file = path.join(folder, 'networks', name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('))/24', '))/16'));
  }
  const hosts = path.join(folder, 'hosts');
  const worker = readFileSync(path.join(hosts, 'wk-1.yaml'), 'utf8');
  for (let number = readdirSync(hosts).length; number < count; number++) {
    const name = `node-${String(number).padStart(3, '0')}`;
    writeFileSync(path.join(hosts, `${name}.yaml`), hostLike(worker, name, number));
  }
}

function hostLike(worker: string, name: string, number: number): string {
  const high = 1 + Math.floor(number / hostsPerByte);
  const low = 1 + (number % hostsPerByte);
  const hex = (byte: number) => byte.toString(16).padStart(2, '0');
  return worker
    .replaceAll('wk-1', name)
    .replaceAll('52:54:00:20:21:', `52:54:00:${hex(0x80 + high)}:${hex(low)}:`)
    .replaceAll(/\b10\.(\d+)\.0\.21\b/g, `10.$1.${high}.${low}`);
}

/** Lines that a document of 2,000 lines has, for real sites of a few dozen hosts. */
export const longDocumentLines = 2000;

/** Marks where the keystrokes go: in the middle of the document. */
export const typingPlace = 'the place to type';

/** The example's fragment for every host with files added, until it has 2,000 lines. */
export function growUserData(site: string): string {
  const document = 'user-data/base.yaml';
  const file = path.join(site, document);
  const [before = '', after = ''] = readFileSync(file, 'utf8').split('\nruncmd:\n');
  const lines = [before];
  for (let number = 1; linesOf(lines, after) < longDocumentLines; number++) {
    const place = number === 128 ? typingPlace : `of host ((host.name))`;
    lines.push(
      `  - path: /etc/site.d/${number}.conf`,
      `    owner: root:root`,
      `    permissions: "0644"`,
      `    content: |`,
      `      # Setting ${number} ${place}`,
      `      address = ((var.oam-address))`,
      `      setting-${number} = ${number * 7}`,
      '',
    );
  }
  writeFileSync(file, [...lines, 'runcmd:', after].join('\n'));
  return document;
}

/** The example's bonded network with VLANs added, until it has 2,000 lines. */
export function growNetwork(site: string): string {
  const document = 'networks/bonded.yaml';
  const file = path.join(site, document);
  numberHosts(site);
  const lines = [readFileSync(file, 'utf8')];
  for (let number = 1; linesOf(lines, '') < longDocumentLines; number++) {
    const place = number === 122 ? ` # ${typingPlace}` : '';
    lines.push(
      `  bond0.${1000 + number}:${place}`,
      `    id: ${1000 + number}`,
      `    link: bond0`,
      `    mtu: 1500`,
      `    addresses:`,
      `      - 10.${60 + (number >> 7)}.${number & 127}.((var.number))/24`,
      `    accept-ra: false`,
      '',
    );
  }
  writeFileSync(file, lines.join('\n'));
  return document;
}

/** A variable for the last part of a host's addresses. */
function numberHosts(site: string): void {
  const hosts = path.join(site, 'hosts');
  for (const [at, name] of readdirSync(hosts).entries()) {
    const file = path.join(hosts, name);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(/^ {2}variables:\n/m, `$&    number: "${at + 1}"\n`),
    );
  }
}

function linesOf(lines: readonly string[], after: string): number {
  return [...lines, after].join('\n').split('\n').length;
}

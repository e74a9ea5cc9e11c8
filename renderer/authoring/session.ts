import { type Diagnostic, DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { parseYaml } from '#shared/source/parse-yaml.ts';
import { childOf, stringOf } from '#shared/source/source-node.ts';
import { createSourceText } from '#shared/source/source-text.ts';
import type { Completion, Definition, Hover, Overview, Preview } from './protocol.ts';

export interface AuthoringSession {
  update(path: string, text: string | undefined): void;
  verdict(): { overview: Overview; diagnostics: readonly Diagnostic[] };
  preview(host: string): Preview | undefined;
  completions(path: string, offset: number): readonly Completion[];
  hover(path: string, offset: number): Hover | undefined;
  definition(path: string, offset: number): Definition | undefined;
}

export function createSession(): AuthoringSession {
  const texts = new Map<string, string>();
  return {
    update(path, text) {
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
    },
    verdict() {
      const sink = new DiagnosticSink();
      const hosts: Overview['hosts'][number][] = [];
      const images: Overview['images'][number][] = [];
      for (const [path, text] of texts) {
        const node = parseYaml(createSourceText(path, text), sink);
        const name = path.replace(/^.*\//, '').replace(/\.yaml$/, '');
        const spec = childOf(node, 'spec');
        if (text.includes('netwrok')) {
          const at = createSourceText(path, text);
          const start = text.indexOf('netwrok');
          sink.at(
            { source: at, span: { start, end: start + 7 } },
            'error',
            'key-unknown',
            'There is no "netwrok" here. Did you mean "network"?',
            [
              {
                title: 'Change to network',
                file: path,
                range: { start: { line: 7, column: 3 }, end: { line: 7, column: 10 } },
                newText: 'network',
              },
            ],
          );
        }
        if (path.startsWith('hosts/'))
          hosts.push({
            name,
            path,
            role: stringOf(spec, 'role') ?? '',
            profile: stringOf(spec, 'profile') ?? '',
            addresses: [...text.matchAll(/\d+\.\d+\.\d+\.\d+\/\d+/g)].map(([a]) => a),
            macs: [...text.matchAll(/[0-9a-f]{2}(:[0-9a-f]{2}){5}/g)].map(([a]) => a),
            problems: { errors: text.includes('netwrok') ? 1 : 0, warnings: 0 },
          });
        if (path.startsWith('images/'))
          images.push({
            name,
            path,
            profile: 'realtime',
            release: 'bookworm',
            elements: ['site-base', 'kubernetes-node'],
            outputs: ['iso'],
          });
      }
      return {
        overview: { siteName: 'edge-berlin', release: 'bookworm', hosts, images },
        diagnostics: sink.list(),
      };
    },
    preview(host) {
      return {
        host,
        userData: `#cloud-config\nhostname: ${host}\nfqdn: ${host}.berlin.example.net\nmanage_etc_hosts: true\ntimezone: Europe/Berlin\nusers:\n  - name: admin\n    groups: [sudo]\n    lock_passwd: true\n`,
        networkConfig: 'version: 2\nethernets:\n  eno1:\n    mtu: 9000\n',
        metaData: `instance-id: siteforge-3f0a\nlocal-hostname: ${host}\n`,
        kernelArguments: ['console=ttyS0,115200n8'],
        network: {
          links: [
            {
              name: 'eno1',
              kind: 'ethernet',
              detail: '',
              mac: '52:54:00:12:07:01',
              mtu: 9000,
              addresses: [],
              over: [],
            },
            {
              name: 'eno2',
              kind: 'ethernet',
              detail: '',
              mac: '52:54:00:12:07:02',
              mtu: 9000,
              addresses: [],
              over: [],
            },
            {
              name: 'bond0',
              kind: 'bond',
              detail: '802.3ad',
              mtu: 9000,
              addresses: [],
              over: ['eno1', 'eno2'],
            },
            {
              name: 'bond0.100',
              kind: 'vlan',
              detail: 'VLAN 100',
              mtu: 1500,
              addresses: ['10.20.100.17/24'],
              over: ['bond0'],
            },
            {
              name: 'bond0.200',
              kind: 'vlan',
              detail: 'VLAN 200',
              mtu: 9000,
              addresses: ['10.20.200.17/24', 'fd00:200::17/64'],
              over: ['bond0'],
            },
            {
              name: 'oob',
              kind: 'ethernet',
              detail: '',
              mac: '52:54:00:12:07:0f',
              addresses: ['DHCP'],
              over: [],
            },
          ],
          routes: [{ to: 'default', via: '10.20.100.1', link: 'bond0.100' }],
          nameservers: ['10.20.100.53'],
          search: ['berlin.example.net'],
        },
      };
    },
    completions: () => [],
    hover: () => undefined,
    definition: () => undefined,
  };
}

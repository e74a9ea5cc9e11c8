import { type BmcCredentials, exportAirship, noSecrets } from '#shared/airship/export-airship.ts';
import { DiagnosticSink } from '#shared/diagnostics/diagnostic.ts';
import { SiteforgeError } from '#shared/errors.ts';
import { networkSources } from '#shared/import/import-networks.ts';
import type { AnalysedHost } from '#shared/site/analysis.ts';
import { parseYaml } from '#shared/source/parse-yaml.ts';
import { childOf } from '#shared/source/source-node.ts';
import { createSourceText } from '#shared/source/source-text.ts';
import { writeFileAtomically } from '../core/files/atomic-write.ts';
import { blocking } from '../core/files/file-access.ts';
import { fileFailure } from '../core/files/file-failures.ts';
import { fillStamps } from '../core/secrets/fill-stamp.ts';
import type { SiteSecrets } from '../core/secrets/site-secrets.ts';
import { type AnalysedSite, analyseSite } from '../core/site/analyse-site.ts';
import { readSite } from '../core/site/read-site.ts';
import type { HostStamp } from '../core/stamp/host-stamp.ts';
import { type Command, type Output, parse, single, wrongUse } from './arguments.ts';
import { exportHosts, exportHostsSummary, exportHostsUsage } from './export-hosts.ts';
import { exportNetworks, exportNetworksSummary, exportNetworksUsage } from './export-networks.ts';
import { secretsOf, seedOf } from './host-seed.ts';
import { printDiagnostics, reported } from './print-diagnostics.ts';

export const exportSite: Command = {
  usage: [
    'siteforge export airship SITE [--host NAME] [--out FILE] [--with-secrets] [--json]',
    exportNetworksUsage,
    exportHostsUsage,
  ].join('\n  '),
  summary: `Writes the hosts of a site as Airship documents: BareMetalHosts with the Secrets of their networks and user-data. Values of secrets, such as the passwords of BMCs, stay out unless --with-secrets is given. ${exportNetworksSummary} ${exportHostsSummary}`,
  async run(parameters, output) {
    if (parameters[0] === 'hosts') return exportHosts(parameters.slice(1), output);
    const source = networkSources.find((each) => each === parameters[0]);
    if (source !== undefined) return exportNetworks(source, parameters.slice(1), output);
    const { values, positionals } = parse(parameters, {
      host: { type: 'string' },
      out: { type: 'string' },
      'with-secrets': { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const [format, ...rest] = positionals;
    if (format === undefined) throw wrongUse(`What is to be exported is missing: ${formats.join(', ')}.`);
    if (format !== 'airship')
      throw wrongUse(`A site cannot be exported as ${format}; a format is one of ${formats.join(', ')}.`);
    const folder = single(rest, 'SITE');
    const snapshot = await readSite(folder, blocking);
    const site = analyseSite(snapshot);
    const names = values.host === undefined ? site.analysis.hosts.map(({ name }) => name) : [values.host];
    // Throws for a host that is not there or has errors: half a set is worse than none.
    const stamps = names.map((name) => seedOf(site, name, folder, output));
    const hosts = names.flatMap((name) => site.analysis.analysedHosts.get(name) ?? []);
    if (hosts.length === 0) {
      throw new SiteforgeError('host-not-found', { where: folder, message: `${folder} has no hosts.` });
    }
    const secrets = secretsOf(snapshot);
    const given = values['with-secrets']
      ? {
          credentials: await credentialsOf(hosts, (name) => secrets.value(name)),
          userData: await filledUserData(stamps, site, secrets),
        }
      : noSecrets;
    const { text, diagnostics } = exportAirship(site.analysis, hosts, given);
    const found = diagnostics.map((one) => reported(one, folder));
    if (values.out !== undefined) await writeSet(values.out, text);
    if (values.json) {
      const documents = values.out === undefined ? { documents: text } : { out: values.out };
      output.out(`${JSON.stringify({ hosts: names, ...documents, warnings: found })}\n`);
      return 0;
    }
    printDiagnostics(output, found);
    tell(names.length, values.out, text, output);
    return 0;
  },
};

const formats = ['airship', ...networkSources, 'hosts'];

/** It holds what hosts boot with, passwords among it: only its owner may read it, from the first byte on. */
async function writeSet(out: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(out, text, { mode: 0o600 });
  } catch (thrown) {
    throw fileFailure(thrown, out, 'write');
  }
}

/** Of the hosts whose user-data refers to secrets. */
async function filledUserData(
  stamps: readonly HostStamp[],
  site: AnalysedSite,
  secrets: SiteSecrets,
): Promise<ReadonlyMap<string, string>> {
  const { stamps: filled } = await fillStamps(stamps, site, secrets);
  const pairs = filled.map(
    ({ host, seed }, index) => [host, seed.userData, stamps[index]?.seed.userData] as const,
  );
  return new Map(pairs.flatMap(([host, text, masked]) => (text === masked ? [] : [[host, text] as const])));
}

/** Secrets with `username` and `password`. Errors: `secret-missing`, `secret-value-invalid` for any other. */
async function credentialsOf(
  hosts: readonly AnalysedHost[],
  read: (name: string) => Promise<string | undefined>,
): Promise<BmcCredentials> {
  const found = new Map<string, { username: string; password: string }>();
  const names = new Set(hosts.flatMap(({ reading }) => reading.bmcCredentials?.value ?? []).map(String));
  for (const name of names) {
    const value = await read(name);
    if (value === undefined) {
      const message = `The secret ${name}, user and password of BMCs, has no value here.`;
      throw new SiteforgeError('secret-missing', { where: name, message });
    }
    const root = parseYaml(createSourceText(name, value), new DiagnosticSink());
    const text = (key: string) => {
      const node = childOf(root, key);
      return node?.type === 'scalar' && node.value !== null ? String(node.value) : undefined;
    };
    const [username, password] = [text('username'), text('password')];
    if (username === undefined || password === undefined) {
      const message = `The secret ${name} does not say “username: …” and “password: …”, a line each, which the BMC needs.`;
      throw new SiteforgeError('secret-value-invalid', { where: name, message });
    }
    found.set(name, { username, password });
  }
  return found;
}

function tell(count: number, out: string | undefined, text: string, output: Output): void {
  if (out === undefined) output.out(text);
  else output.error(`${count} ${count === 1 ? 'host' : 'hosts'} exported to ${out}\n`);
}

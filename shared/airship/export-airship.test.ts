import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SiteFile } from '../import/imported-site.ts';
import { siteFilesOf } from '../import/site-files.ts';
import { renderHost } from '../render/render-host.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import type { SiteAnalysis } from '../site/analysis.ts';
import { imported, validSet } from './document-set.test-support.ts';
import { exportAirship, noSecrets } from './export-airship.ts';

type Text = Pick<SiteFile, 'path' | 'text'>;

function analysed(files: readonly Text[]): SiteAnalysis {
  const analyser = createSiteAnalyser();
  for (const { path, text } of files) analyser.update(path, text);
  return analyser.analyse();
}

const credentials = new Map([['eph-bmc', { username: 'admin', password: '0815' }]]);
const exported = (analysis: SiteAnalysis) =>
  exportAirship(analysis, [...analysis.analysedHosts.values()], { ...noSecrets, credentials });

/** Without the comments that say where a document came from: the set that was read is another one. */
const plain = (files: readonly Text[]) =>
  files
    .filter(({ path }) => path !== 'isogen.yaml')
    .map(({ path, text }) => `${path}\n${text.replace(/^# Imported from .*$/gm, '')}`)
    .sort();

test('gives back the hosts, networks, user-data and secrets that were imported', () => {
  const first = siteFilesOf(imported(['set.yaml', validSet]).site);
  const { text, diagnostics } = exported(analysed(first));
  expect(diagnostics).toEqual([]);
  const again = imported(['set.yaml', text]);
  expect(again.diagnostics).toEqual([]);
  expect(plain(siteFilesOf(again.site))).toEqual(plain(first));
  // And the same set from there on.
  expect(exported(analysed(siteFilesOf(again.site))).text).toBe(text);
});

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url).pathname;
const files = readdirSync(example, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => ({ path, text: readFileSync(join(example, path), 'utf8') }));

test('gives every host of the example the user-data and the network that it has in the site', async () => {
  const site = analysed(files);
  const { text, diagnostics } = exported(site);
  await expect(text).toMatchFileSnapshot('golden/exported-example.yaml');
  expect(diagnostics.map(({ file, code }) => `${file} ${code}`)).toEqual([
    'hosts/cp-1.yaml airship-secret',
    'hosts/wk-2.yaml airship-not-imported',
  ]);
  const again = imported(['set.yaml', text]);
  expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const back = analysed(siteFilesOf(again.site));
  for (const { name, role } of site.hosts) {
    expect(back.hosts.find((host) => host.name === name)?.role).toBe(role);
    expect(renderHost(back, name)?.userData).toBe(renderHost(site, name)?.userData);
    expect(
      renderHost(back, name)?.network.links.map(({ id, mtu, addresses }) => ({ id, mtu, addresses })),
    ).toEqual(
      renderHost(site, name)?.network.links.map(({ id, mtu, addresses }) => ({ id, mtu, addresses })),
    );
  }
});

test('leaves out user and password that it is not given', () => {
  const analysis = analysed(siteFilesOf(imported(['set.yaml', validSet]).site));
  const { text } = exportAirship(analysis, [...analysis.analysedHosts.values()], noSecrets);
  expect(text).not.toContain('0815');
  expect(text).toContain('credentialsName: eph-bmc');
});

test('says what a BareMetalHost has no place for', () => {
  const changed = siteFilesOf(imported(['set.yaml', validSet]).site).map((file) =>
    file.path === 'hosts/wk-1.yaml'
      ? { ...file, text: `${file.text}  kernelArguments: [nomodeset]\n` }
      : file,
  );
  expect(exported(analysed(changed)).diagnostics).toMatchObject([
    { file: 'hosts/wk-1.yaml', severity: 'warning', code: 'airship-not-imported' },
  ]);
});

test('says where it holds masks, and takes the values that it is given', () => {
  const masked = siteFilesOf(imported(['set.yaml', validSet]).site).map((file) =>
    file.path === 'user-data/wk-1-data.yaml'
      ? { ...file, text: `${file.text}final_message: ((secret.token))\n` }
      : file,
  );
  const analysis = analysed(masked);
  expect(exported(analysis).diagnostics).toMatchObject([{ file: 'hosts/wk-1.yaml', code: 'airship-secret' }]);
  const userData = new Map([['wk-1', '#cloud-config\nfinal_message: open sesame\n']]);
  const hosts = [...analysis.analysedHosts.values()];
  const { text, diagnostics } = exportAirship(analysis, hosts, { credentials, userData });
  expect(diagnostics).toEqual([]);
  expect(text).toContain('open sesame');
});

test('says that the Secret of a BMC is left out without its values', () => {
  const analysis = analysed(siteFilesOf(imported(['set.yaml', validSet]).site));
  const { text, diagnostics } = exportAirship(analysis, [...analysis.analysedHosts.values()], noSecrets);
  expect(text).not.toContain('password');
  expect(diagnostics).toMatchObject([
    {
      severity: 'info',
      code: 'airship-secret',
      message: expect.stringMatching(/^The Secret \S+ .*--with-secrets/),
    },
  ]);
});

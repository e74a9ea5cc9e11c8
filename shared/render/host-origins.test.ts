import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSiteAnalyser } from '../site/analyser.ts';
import { originsOfHost, type SeedDocument } from './host-origins.ts';
import { renderHost } from './render-host.ts';

const example = new URL('../../assets/examples/edge-berlin/', import.meta.url);
const paths = readdirSync(example, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.yaml'),
);

function analyse(changes: Readonly<Record<string, (text: string) => string>> = {}) {
  const analyser = createSiteAnalyser();
  for (const path of paths) {
    const text = readFileSync(new URL(path, example), 'utf8');
    analyser.update(path, changes[path]?.(text) ?? text);
  }
  return analyser.analyse();
}

/** Each line of a rendered document, and behind it the text in the site that it comes from. */
function traced(name: string, document: SeedDocument, analysis = analyse()): string[] {
  const rendered = renderHost(analysis, name);
  const found = originsOfHost(analysis, name, document);
  if (rendered === undefined || found === undefined) throw new Error(`no host ${name}`);
  const text = { 'user-data': rendered.userData, 'network-config': rendered.networkConfig };
  const lines = (
    document === 'user-data' || document === 'network-config' ? text[document] : rendered.metaData
  )
    .trimEnd()
    .split('\n');
  expect(found.lines).toHaveLength(lines.length);
  return lines.map((line, index) => {
    const origin = found.origins[found.lines[index] ?? -1];
    if (origin === undefined) return line;
    const { place, words } = origin;
    const source = analysis.documents.find(({ path }) => path === place?.file)?.source.text.split('\n');
    const written = source?.[(place?.range.start.line ?? 0) - 1]?.trim() ?? '';
    const values = origin.values.map(({ file, range }) => ` + ${file}:${range.start.line}`).join('');
    const from = place === undefined ? '' : `${place.file}: ${written}`;
    return `${line}  <- ${[from, words].filter((each) => each).join(' | ')}${values}`;
  });
}

test.each(['cp-1', 'eph-1', 'wk-2'])('traces every line that %s of the example receives', async (name) => {
  for (const document of ['user-data', 'network-config'] as const) {
    const text = `${traced(name, document).join('\n')}\n`;
    await expect(text).toMatchFileSnapshot(`golden/${name}/${document}-origins`);
  }
});

test('traces the lines of a block to their own lines in the document', () => {
  const lines = traced('wk-1', 'user-data');
  expect(lines).toContainEqual(
    expect.stringMatching(/ X11Forwarding no {2}<- user-data\/base.yaml: X11Forwarding no$/),
  );
});

test('names the value of the host that a text was filled in with', () => {
  expect(traced('wk-1', 'network-config')).toContainEqual(
    expect.stringMatching(
      /10\.20\.0\.21\/24 {2}<- networks\/bonded\.yaml: - \(\(var\.oam-address\)\)\/24 \+ hosts\/wk-1\.yaml:\d+$/,
    ),
  );
});

test('traces name servers that the site adds to site.yaml', () => {
  const without = (text: string) => text.replace(/ {4}nameservers:\n.*\n.*\n/, '');
  const lines = traced('wk-1', 'network-config', analyse({ 'networks/bonded.yaml': without }));
  expect(lines).toContainEqual(
    expect.stringMatching(/- 10\.20\.0\.2 {2}<- site\.yaml: .*\| spec\.dns\.servers$/),
  );
});

test('follows the document that wins a merge', () => {
  const fragment = (text: string) => `${text}\ntimezone: UTC\n`;
  const lines = traced('wk-1', 'user-data', analyse({ 'user-data/base.yaml': fragment }));
  expect(lines).toContainEqual('timezone: UTC  <- user-data/base.yaml: timezone: UTC');
});

test('leaves no line of a setting without an origin', () => {
  const bare = ['#cloud-config', 'ethernets:', 'bonds:', 'vlans:'];
  for (const name of ['cp-1', 'cp-2', 'eph-1', 'wk-1', 'wk-2']) {
    const lines = [
      ...traced(name, 'user-data'),
      ...traced(name, 'network-config'),
      ...traced(name, 'meta-data'),
    ];
    expect(lines.filter((line) => !line.includes('  <- ') && !bare.includes(line))).toEqual([]);
  }
});

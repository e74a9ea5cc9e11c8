import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { NetworkModel } from './model.ts';
import { type RenderedKeyfile, renderKeyfiles } from './render-keyfiles.ts';
import { renderNmstate } from './render-nmstate.ts';
import { renderVersion2 } from './render-version-2.ts';
import { modelOf, verdictOf, withoutPlaces } from './testing/network-documents.ts';

const read = (folder: string) =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ file, text: readFileSync(new URL(`${folder}/${file}`, import.meta.url), 'utf8') }));
const nmstate = read('testing/nmstate');
const cloudInit = read('testing/documents');

/** What a renderer writes, and at its end what it could not say. */
function rendered(
  model: NetworkModel,
  render: (model: NetworkModel, sink: DiagnosticSink) => string,
): string {
  const sink = new DiagnosticSink();
  const text = render(model, sink);
  const losses = sink.list().map(({ range, message }) => `# ${range.start.line}: ${message}\n`);
  return `${text}${losses.join('')}`;
}

const asNmstate = (model: NetworkModel, sink: DiagnosticSink) => stringify(renderNmstate(model, sink));
const asVersion2 = (model: NetworkModel, sink: DiagnosticSink) => stringify(renderVersion2(model, sink));
const asKeyfiles = (model: NetworkModel, sink: DiagnosticSink) =>
  renderKeyfiles(model, sink)
    .map(({ name, text }: RenderedKeyfile) => `### ${name}\n${text}\n`)
    .join('');

describe.each(nmstate)('$file', ({ file, text }) => {
  test('has nothing to complain about', () => {
    expect(verdictOf(text, undefined, file).findings).toEqual([]);
  });

  test('says the same after rendering, and loses nothing', () => {
    const model = modelOf(text, file);
    const sink = new DiagnosticSink();
    const again = modelOf(asNmstate(model, sink), file);
    expect(sink.list()).toEqual([]);
    expect(withoutPlaces(again)).toEqual(withoutPlaces(model));
  });

  test('renders as version 2', async () => {
    await expect(rendered(modelOf(text, file), asVersion2)).toMatchFileSnapshot(`golden/nmstate/${file}`);
  });
});

describe.each([...nmstate, ...cloudInit])('$file', ({ file, text }) => {
  test('renders as NMState', async () => {
    await expect(rendered(modelOf(text, file), asNmstate)).toMatchFileSnapshot(
      `golden/nmstate/${file}.nmstate`,
    );
  });

  test('renders as keyfiles', async () => {
    await expect(rendered(modelOf(text, file), asKeyfiles)).toMatchFileSnapshot(
      `golden/nmstate/${file}.keyfiles`,
    );
  });

  test('is fine as NMState', () => {
    const found = verdictOf(rendered(modelOf(text, file), asNmstate)).diagnostics;
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { renderVersion2 } from './render-version-2.ts';
import { summariseNetwork } from './summary.ts';
import { modelOf, verdictOf, withoutPlaces } from './testing/network-documents.ts';

const folder = new URL('testing/documents/', import.meta.url);
const documents = readdirSync(folder)
  .sort()
  .map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }));

describe.each(documents)('$file', ({ file, text }) => {
  test('has nothing to complain about', () => {
    const found = verdictOf(text, undefined, file).diagnostics;
    expect(found.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  test('renders as version 2', async () => {
    const sink = new DiagnosticSink();
    const rendered = renderVersion2(modelOf(text, file), sink);
    expect(sink.list()).toEqual([]);
    // YAML 1.1, as cloud-init reads it: what it takes for a number or a boolean is quoted.
    await expect(stringify(rendered, { version: '1.1' })).toMatchFileSnapshot(`golden/${file}`);
  });

  test('says the same after rendering', () => {
    const model = modelOf(text, file);
    const first = renderVersion2(model, new DiagnosticSink());
    const again = modelOf(stringify(first, { version: '1.1' }), file);
    expect(renderVersion2(again, new DiagnosticSink())).toEqual(first);
    if (model.format === 'network-config-v2') expect(withoutPlaces(again)).toEqual(withoutPlaces(model));
  });

  test('has a summary', async () => {
    await expect(stringify(summariseNetwork(modelOf(text, file)))).toMatchFileSnapshot(
      `golden/${file}.summary`,
    );
  });

  test('renders the same for the same model', () => {
    const render = () => JSON.stringify(renderVersion2(modelOf(text, file), new DiagnosticSink()));
    expect(render()).toBe(render());
    expect(parse(render())).toBeTypeOf('object');
  });
});

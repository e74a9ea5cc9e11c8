import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderHost } from '../render/render-host.ts';
import { createSiteAnalyser } from './analyser.ts';
import { analyse, exampleSite } from './changed-example.test-support.ts';

test('finds nothing wrong with the example site', () => {
  expect(analyse().diagnostics).toEqual([]);
});

describe('again and again', () => {
  test('gives after any sequence of edits what a fresh analysis gives', () => {
    const documents = [...exampleSite.keys()];
    const edit = fc.record({
      path: fc.constantFrom(...documents, 'hosts/new.yaml', 'user-data/new.yaml'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.integer({ min: 0, max: 40 }),
      insert: fc.constantFrom(
        '',
        'x',
        '\n',
        ': ',
        '- ',
        '\t',
        '((var.oam-address))',
        '{',
        '"',
        '&a *a',
        '\u0000',
        '10.20.0.11',
      ),
      whole: fc.constantFrom(undefined, undefined, undefined, null, '', exampleSite.get('hosts/cp-1.yaml')),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const analyser = createSiteAnalyser();
        const texts = new Map(exampleSite);
        for (const [path, text] of texts) analyser.update(path, text);
        for (const { path, at, remove, insert, whole } of edits) {
          const before = texts.get(path) ?? '';
          const start = Math.floor(at * before.length);
          const text =
            whole === null
              ? undefined
              : (whole ?? before.slice(0, start) + insert + before.slice(start + remove));
          if (text === undefined) texts.delete(path);
          else texts.set(path, text);
          analyser.update(path, text);
          analyser.analyse({ atMost: 1 });
        }
        const [kept, fresh] = [analyser.analyse(), analyse({}, texts)];
        expect(kept.diagnostics).toEqual(fresh.diagnostics);
        expect(kept.hosts).toEqual(fresh.hosts);
        for (const { name } of kept.hosts) expect(renderHost(kept, name)).toEqual(renderHost(fresh, name));
        for (const diagnostic of kept.diagnostics)
          expect(isInside(texts.get(diagnostic.file) ?? '', diagnostic)).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('keeps the findings of other files the same objects', () => {
    const analyser = createSiteAnalyser();
    for (const [path, text] of exampleSite) analyser.update(path, `${text}\nwrong: 1\n`);
    const before = analyser.analyse();
    analyser.update('hosts/wk-1.yaml', `${exampleSite.get('hosts/wk-1.yaml')}\nother: 1\n`);
    const after = analyser.analyse();
    const changed = [...after.diagnosticsByFile].filter(
      ([file, list]) => before.diagnosticsByFile.get(file) !== list,
    );
    expect(changed.map(([file]) => file)).toEqual(['hosts/wk-1.yaml']);
    expect(after.hosts.filter((host) => !before.hosts.includes(host)).map(({ name }) => name)).toEqual([]);
  });

  test('checks the chosen host first when it may not check all', () => {
    const analyser = createSiteAnalyser();
    for (const [path, text] of exampleSite) analyser.update(path, text);
    analyser.analyse();
    analyser.update(
      'networks/bonded.yaml',
      exampleSite.get('networks/bonded.yaml')?.replace('mtu: 1500', 'mtu: 1400'),
    );
    const partial = analyser.analyse({ atMost: 1, first: 'wk-2' });
    expect(partial.pending).toBe(3);
    expect(renderHost(partial, 'wk-2')?.networkConfig).toContain('mtu: 1400');
    expect(analyser.analyse().pending).toBe(0);
  });
});

function isInside(text: string, { range: { start, end } }: Diagnostic): boolean {
  const lines = text.split(/\r\n|\r|\n/);
  const fits = ({ line, column }: Diagnostic['range']['start']) =>
    line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 2;
  return (
    fits(start) &&
    fits(end) &&
    (start.line < end.line || (start.line === end.line && start.column <= end.column))
  );
}

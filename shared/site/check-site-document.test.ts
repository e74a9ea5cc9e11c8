import { describe, expect, test } from 'vitest';
import { readDocument } from './document.ts';

function found(spec: string) {
  const text = `apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: edge}\nspec:\n${spec}`;
  const { diagnostics } = readDocument('site.yaml', text, 'site');
  return { text, diagnostics: diagnostics.filter(({ code }) => code === 'mirror-incomplete') };
}

describe('the security archive', () => {
  test('is asked for beside a mirror, and proposed where mirrors of Debian have it', () => {
    const { text, diagnostics } = found(
      '  mirror: http://mirror.edge.example/debian/ # in the rack\n  timezone: UTC\n',
    );
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      severity: 'warning',
      range: { start: { line: 5, column: 11 } },
      message: expect.stringContaining('bookworm-security lies in an archive of its own'),
    });
    const [fix] = diagnostics[0]?.fixes ?? [];
    const lines = text.split('\n');
    expect(fix?.range.start).toEqual(fix?.range.end);
    const { line = 1, column = 1 } = fix?.range.start ?? {};
    lines[line - 1] =
      `${lines[line - 1]?.slice(0, column - 1)}${fix?.newText}${lines[line - 1]?.slice(column - 1)}`;
    expect(lines.join('\n')).toContain(
      '  mirror: http://mirror.edge.example/debian/ # in the rack\n  securityMirror: http://mirror.edge.example/debian-security\n  timezone: UTC\n',
    );
  });

  test('is not guessed from a mirror of another shape', () => {
    expect(found('  mirror: http://mirror.edge.example/apt\n').diagnostics[0]?.fixes ?? []).toEqual([]);
  });

  test.each([
    ['there is none', '  timezone: UTC\n'],
    ['it is named', '  mirror: http://m.example/debian\n  securityMirror: http://m.example/sec\n'],
    ['it is named without a mirror', '  securityMirror: http://m.example/sec\n'],
    ['the release has none', '  release: sid\n  mirror: http://m.example/debian\n'],
  ])('is not asked for where %s', (_name, spec) => {
    expect(found(spec).diagnostics).toEqual([]);
  });

  test('is told to have no use with a release that has none', () => {
    const { diagnostics } = found('  release: sid\n  securityMirror: http://m.example/sec\n');
    expect(diagnostics).toMatchObject([{ severity: 'info', range: { start: { line: 6 } } }]);
  });
});

describe('what is reached without a proxy', () => {
  const told = (entry: string) => {
    const text = `apiVersion: siteforge/v1\nkind: Site\nmetadata: {name: edge}\nspec:\n  proxies: {http: "http://192.0.2.1:3128", noProxy: [${entry}]}\n`;
    return readDocument('site.yaml', text, 'site').diagnostics;
  };

  test.each([
    ['http://a.example:80/', /compared/, 'a.example'],
    ['10.0.0.0/33', /no subnet/, undefined],
    ['"*.a.example"', /curl, wget and Python know no \*/, '".a.example"'],
    ['a.example b.example', /an entry of its own/, undefined],
    ['a.example;b.example', /an entry of its own/, undefined],
    ['a.*', /only at its start/, undefined],
    ['10.0.0.', /is no address/, undefined],
  ])('warns of %s', (entry, message, instead) => {
    const [finding, ...others] = told(entry);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', message: expect.stringMatching(message) });
    expect(finding?.fixes?.[0]?.newText).toBe(instead);
  });

  test.each([
    '.a.example',
    'a.example',
    '10.0.0.0/8',
    '"*"',
    '192.0.2.1',
    '"a.example:8080"',
    '"::1"',
    'a-1',
  ])('takes %s', (entry) => expect(told(entry)).toEqual([]));
});

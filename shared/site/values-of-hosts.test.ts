import { describe, expect, test } from 'vitest';
import { renderHost } from '../render/render-host.ts';
import { analyse, found, replace } from './changed-example.test-support.ts';

test('tells that nothing is filled in in what is baked', () => {
  const file = '  files:\n    - {path: /etc/a, content: "((host.name))"}\n';
  const changes = { 'profiles/edge-node.yaml': replace(/ {2}files:\n/, file) };
  expect(found(changes)).toEqual([
    expect.stringMatching(/^profiles\/edge-node.yaml:\d+ warning realm-other \(\(host.name\)\)$/),
  ]);
});

describe('values of hosts', () => {
  test('reports a value that hosts lack, once, at the reference', () => {
    const analysis = analyse({
      'networks/bonded.yaml': replace('((var.oam-address))', '((var.oam-adress))'),
    });
    expect(analysis.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'variable-unknown',
        expect.stringMatching(
          /^“var.oam-adress” has no value for cp-1, cp-2, wk-1, wk-2\..*Did you mean “oam-address”\?$/,
        ),
      ],
    ]);
    expect(analysis.hosts.map(({ problems }) => problems.errors)).toEqual([1, 1, 0, 1, 1]);
  });

  test('reports a reference that can never have a value', () => {
    expect(found({ 'user-data/base.yaml': replace('((host.fqdn))', '((host.fdqn))') })).toEqual([
      expect.stringMatching(/^user-data\/base.yaml:\d+ error variable-unknown \(\(host.fdqn\)\)$/),
    ]);
  });

  test('leaves the arithmetic of the shell alone', () => {
    const fragment = '\nruncmd:\n  - echo $(( 1 + 2 )) ((x.y)) $[((n))]\n';
    const analysis = analyse({ 'user-data/ephemeral.yaml': (text) => text + fragment });
    expect(analysis.diagnostics).toEqual([]);
    expect(renderHost(analysis, 'eph-1')?.userData).toContain('echo $(( 1 + 2 )) ((x.y)) $[((n))]');
  });

  test('reports a wrong value where it was written', () => {
    const lines = found({
      'hosts/wk-1.yaml': replace('eno1: "52:54:00:20:21:01"', 'eno1: "52:54:00:20:21"'),
    });
    expect(lines).toEqual(['hosts/wk-1.yaml:14 error value-invalid "52:54:00:20:21"']);
  });

  test('keeps the type of a value that stands alone', () => {
    const analysis = analyse({
      'networks/bonded.yaml': replace('mtu: 1500', 'mtu: ((var.mtu))'),
      'hosts/wk-1.yaml': replace('variables:', 'variables:\n    mtu: 1400'),
    });
    expect(renderHost(analysis, 'wk-1')?.networkConfig).toContain('mtu: 1400');
    expect(analysis.diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ['variable-unknown', 'networks/bonded.yaml'],
    ]);
  });
});

describe('what looks like a reference', () => {
  test.each(['((vars.x))', '(( var.x ))', '{{ var.x }}', '{{host.name}}', '((secert.x))', '((hots.name))'])(
    '%s is told in a fragment',
    (written) => {
      const lines = found({ 'user-data/base.yaml': replace('((host.fqdn))', written) });
      expect(lines).toEqual([expect.stringMatching(/^user-data\/base.yaml:\d+ warning variable-unknown /)]);
    },
  );

  test.each(['$(( x.y ))', '((x.name))', '{{ .Names }}', '{{ ds.meta_data }}'])(
    '%s is left alone',
    (written) => {
      expect(found({ 'user-data/base.yaml': replace('((host.fqdn))', written) })).toEqual([]);
    },
  );

  test('does not propose a variable that the text uses already, nor miss one that is empty', () => {
    const fixes = (variable: string) =>
      analyse({ 'hosts/wk-1.yaml': replace('oam-address: 10.20.0.21', variable) }).diagnostics.map(
        ({ code, message }) => `${code} ${/Did you mean “(.*)”/.exec(message)?.[1] ?? ''}`.trim(),
      );
    expect(fixes('spare: 1')).toEqual(['variable-unknown']);
    expect(fixes('oam-address:')).toEqual(['value-type']);
  });
});

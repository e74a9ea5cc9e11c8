import { expect, test } from 'vitest';
import { noSiteNames } from '../site-names.ts';
import { analyse, applied } from './fixes.test-support.ts';
import { fixesAt } from './fixes.ts';

const path = 'networks/a.yaml';

function fixed(text: string) {
  const texts = { [path]: text };
  const analysis = analyse(texts);
  const finding = analysis.diagnosticsByFile.get(path)?.find(({ code }) => code === 'network-deprecated');
  if (finding === undefined) return { finding };
  const fix = fixesAt({ analysis, site: noSiteNames, chosenHost: undefined }, path, finding.range)[0];
  return { finding, title: fix?.title, text: applied(texts, fix)[path] };
}

const link = (...lines: readonly string[]) =>
  `version: 2\nethernets:\n  eno1:\n${lines.map((line) => `    ${line}\n`).join('')}`;

test('writes a gateway as a default route in its place, with its comments', () => {
  const text = link('# Out of the rack.', 'gateway4: 10.0.0.1  # router', 'addresses: [10.0.0.5/24]');
  const { finding, title, text: after } = fixed(text);
  expect(finding).toMatchObject({ severity: 'info', range: { start: { line: 5, column: 5 } } });
  expect(title).toBe('Write gateway4 as a default route');
  expect(after).toBe(
    link(
      '# Out of the rack.',
      'routes:',
      '  - to: default',
      '    via: 10.0.0.1  # router',
      'addresses: [10.0.0.5/24]',
    ),
  );
});

test('writes both gateways into one list', () => {
  const after = fixed(
    link('addresses: [10.0.0.5/24]', 'gateway4: 10.0.0.1 # four', 'gateway6: "fe80::1" # six', 'mtu: 1500'),
  ).text;
  expect(after).toBe(
    link(
      'addresses: [10.0.0.5/24]',
      'routes:',
      '  - to: default',
      '    via: 10.0.0.1 # four',
      '  - to: default',
      '    via: fe80::1 # six',
      'mtu: 1500',
    ),
  );
});

test('adds the gateway to the routes that there are', () => {
  const routes = ['routes:', '  - to: 10.9.0.0/16 # far', '    via: 10.0.0.2'];
  const after = fixed(link('addresses: [10.0.0.5/24]', 'gateway4: 10.0.0.1 # out', ...routes)).text;
  expect(after).toBe(
    link('addresses: [10.0.0.5/24]', ...routes, '  - to: default', '    via: 10.0.0.1 # out'),
  );
});

test('writes inside braces', () => {
  const text = 'version: 2\nethernets: {a: {addresses: [10.0.0.5/24], gateway4: 10.0.0.1, mtu: 1400}}\n';
  expect(fixed(text).text).toBe(
    'version: 2\nethernets: {a: {addresses: [10.0.0.5/24], routes: [{to: default, via: 10.0.0.1}], mtu: 1400}}\n',
  );
});

test('says nothing of what is no gateway', () => {
  expect(fixed(link('addresses: [10.0.0.5/24]', 'gateway4: 10.0.0.999')).finding).toBeUndefined();
});

test('leaves routes that two links share by an alias alone', () => {
  const text = `version: 2
ethernets:
  a: {addresses: [10.0.0.5/24], routes: &far [{to: 10.9.0.0/16, via: 10.0.0.2}]}
  b: {addresses: [10.0.0.6/24], routes: *far, gateway4: 10.0.0.1}
`;
  const { finding, text: after } = fixed(text);
  expect(finding).toBeDefined();
  expect(after ?? text).not.toContain('routes: &far [{to: 10.9.0.0/16, via: 10.0.0.2}, ');
});

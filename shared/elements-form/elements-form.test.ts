import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { builderElements, debianBases, knownElements } from '../site/known-elements.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import type { SourceNode } from '../source/source-node.ts';
import { createSourceText } from '../source/source-text.ts';
import { elementFacts } from './element-facts.ts';
import { elementsToAdd, otherVariables, readElements } from './read-elements.ts';

function parsed(text: string): SourceNode {
  const root = parseYaml(createSourceText('images/a.yaml', text), new DiagnosticSink());
  if (root === undefined) throw new Error('The document is empty.');
  return root;
}

const document = parsed(`spec:
  elements: [devuser, rack-tools, modprob]
  environment:
    DIB_DEV_USER_USERNAME: service
    RACK: 7
`);

test('tells the elements of the builder, of the site and of nobody', () => {
  const { base, elements } = readElements(document, ['rack-tools']);
  expect(base).toEqual({ name: 'debian-minimal', span: undefined });
  expect(elements?.map(({ name, origin }) => `${name} ${origin}`)).toEqual([
    'devuser builder',
    'rack-tools site',
    'modprob unknown',
  ]);
  expect(elements?.[0]?.facts?.packages).toEqual(['sudo']);
});

test('an element of the site hides the one of the builder', () => {
  expect(readElements(document, ['devuser']).elements?.[0]).toMatchObject({
    origin: 'site',
    facts: undefined,
  });
});

test('does not take another shape for a list', () => {
  expect(readElements(parsed('spec:\n  elements: {a: 1}\n'), []).elements).toBeUndefined();
  expect(readElements(parsed('spec:\n  elements:\n'), []).elements).toEqual([]);
});

test('offers what is not there yet, those of the site first', () => {
  const offered = elementsToAdd(readElements(document, ['rack-tools']), ['rack-tools', 'own']);
  expect(offered[0]).toBe('own');
  expect(offered).toContain('modprobe');
  for (const name of ['devuser', 'rack-tools', 'siteforge-live', 'debian'])
    expect(offered).not.toContain(name);
});

test('leaves variables that no card shows to the list of them', () => {
  expect(otherVariables(readElements(document, [])).map(({ name, value }) => `${name}=${value}`)).toEqual([
    'RACK=7',
  ]);
});

test('knows only elements that there are, and needs that there are', () => {
  for (const [name, { needs }] of Object.entries(elementFacts)) {
    expect(knownElements).toContain(name);
    for (const need of needs) expect(knownElements).toContain(need);
  }
  for (const base of debianBases) expect(elementFacts).toHaveProperty([base]);
});

test('says of the builder’s own elements what their folders say', () => {
  for (const name of builderElements.filter((each) => each !== 'siteforge-tree')) {
    const folder = new URL(`../../builders/debian/elements/${name}/`, import.meta.url);
    const needs = readFileSync(new URL('element-deps', folder), 'utf8').split('\n').filter(Boolean);
    const hasList = readdirSync(folder).includes('package-installs.yaml');
    const list = hasList ? readFileSync(new URL('package-installs.yaml', folder), 'utf8') : '';
    const packages = [...list.matchAll(/^([a-z0-9][a-z0-9.+-]*):/gm)].map((match) => match[1]);
    expect({ needs: elementFacts[name]?.needs, packages: elementFacts[name]?.packages }).toEqual({
      needs,
      packages,
    });
  }
});

import { debianBases, knownElements } from '../site/known-elements.ts';
import { elementsOfEveryImage } from '../site/plan-image.ts';
import { childOf, type MapEntry, type SourceNode } from '../source/source-node.ts';
import type { Span } from '../source/source-text.ts';
import { type ElementFacts, elementFacts } from './element-facts.ts';

export type ElementOrigin = 'builder' | 'site' | 'unknown';

/** An element of an image as its document names it. */
export interface ImageElement {
  readonly name: string;
  readonly span: Span;
  readonly origin: ElementOrigin;
  readonly facts: ElementFacts | undefined;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** The parts of an image document that its cards show. */
export interface ImageElements {
  readonly base: { readonly name: string; readonly span: Span | undefined };
  /** In their order; undefined where something else than a list of names stands. */
  readonly elements: readonly ImageElement[] | undefined;
  readonly environment: readonly EnvironmentVariable[];
}

export const elementsPath = ['spec', 'elements'] as const;
export const environmentPath = ['spec', 'environment'] as const;

export function readElements(root: SourceNode, ofSite: readonly string[]): ImageElements {
  const spec = childOf(root, 'spec');
  const base = childOf(spec, 'base');
  const environment = childOf(spec, 'environment');
  return {
    base:
      base?.type === 'scalar' && base.value !== null
        ? { name: String(base.value), span: base.span }
        : { name: debianBases[0], span: undefined },
    elements: elementsIn(childOf(spec, 'elements'), ofSite),
    environment: environment?.type === 'map' ? environment.entries.flatMap(variableIn) : [],
  };
}

function elementsIn(node: SourceNode | undefined, ofSite: readonly string[]): ImageElement[] | undefined {
  if (node === undefined || (node.type === 'scalar' && node.value === null)) return [];
  if (node.type !== 'sequence' || node.items.some(({ type }) => type !== 'scalar')) return undefined;
  return node.items.map((item) => {
    const name = item.type === 'scalar' ? String(item.value ?? '') : '';
    return { name, span: item.span, ...elementNamed(name, ofSite) };
  });
}

/** Where an element comes from and what is known of it. One of the site stands before the builder's own. */
export function elementNamed(
  name: string,
  ofSite: readonly string[],
): Pick<ImageElement, 'origin' | 'facts'> {
  if (ofSite.includes(name)) return { origin: 'site', facts: undefined };
  const facts = Object.hasOwn(elementFacts, name) ? elementFacts[name] : undefined;
  return { origin: knownElements.includes(name) ? 'builder' : 'unknown', facts };
}

function variableIn({ key, value }: MapEntry): EnvironmentVariable[] {
  if (value.type !== 'scalar') return [];
  const span = { start: key.span.start, end: Math.max(key.span.end, value.span.end) };
  return [{ name: String(key.value), value: String(value.value ?? ''), span }];
}

/** Elements that can be added: those of the site first, then those of the builder; none that is there already. */
export function elementsToAdd({ elements = [] }: ImageElements, ofSite: readonly string[]): string[] {
  const present = new Set<string>([
    ...elements.map(({ name }) => name),
    ...elementsOfEveryImage,
    ...debianBases,
  ]);
  const offered = [...ofSite.toSorted(), ...Object.keys(elementFacts).toSorted()];
  return [...new Set(offered)].filter((name) => !present.has(name));
}

/** Variables that no card has a field for. */
export function otherVariables({ elements = [], environment }: ImageElements): EnvironmentVariable[] {
  const shown = new Set(elements.flatMap(({ facts }) => facts?.options.map(({ name }) => name) ?? []));
  return environment.filter(({ name }) => !shown.has(name));
}

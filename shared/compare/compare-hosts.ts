import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { type TracedTree, tracedNetwork, tracedUserData } from '../render/host-origins.ts';
import { originOf, type Substitutes } from '../render/origin.ts';
import { type AnalysedHost, documentOf, type SiteAnalysis } from '../site/analysis.ts';
import { valuesWithin } from '../site/substitute.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { type Place, placeOf } from '../source/source-place.ts';
import { createSourceText } from '../source/source-text.ts';
import { compareTrees, type Side, type TreeDifference } from './compare-trees.ts';
import { type Difference, sortedByTopic, type Topic } from './difference.ts';
import { networkWords, type Words } from './network-words.ts';
import { userDataWords } from './user-data-words.ts';

/** What is compared of a host: what it receives, and what its document says beside that. */
export interface ComparedHost {
  readonly userData: TracedTree | undefined;
  readonly network: TracedTree | undefined;
  readonly kernelArguments: readonly string[];
  readonly kernelArgumentsAt: Place | undefined;
  /** Of the document alone; undefined for a seed, which does not tell. */
  readonly facts: readonly Fact[] | undefined;
}

interface Fact {
  readonly topic: Topic;
  readonly value: string;
  readonly at: Place | undefined;
}

/** The texts of a seed, as they were stamped. */
export interface SeedTexts {
  readonly userData: string;
  readonly networkConfig: string;
  readonly kernelArguments: readonly string[];
}

const noSubstitutes: Substitutes = new Map();

export function comparedHost(analysis: SiteAnalysis, name: string): ComparedHost | undefined {
  const host = analysis.analysedHosts.get(name);
  if (host === undefined) return undefined;
  const spec = childOf(documentOf(analysis, 'host', host.reading.document.name)?.root, 'spec');
  const kernelArguments = childOf(spec, 'kernelArguments');
  return {
    userData: tracedUserData(analysis, host),
    network: tracedNetwork(analysis, host),
    kernelArguments: host.reading.kernelArguments,
    kernelArgumentsAt: kernelArguments && originOf(kernelArguments, noSubstitutes)?.place,
    facts: factsOf(host),
  };
}

function factsOf({ reading, summary }: AnalysedHost): Fact[] {
  const at = (node: SourceNode | undefined) =>
    node === undefined ? undefined : originOf(node, noSubstitutes)?.place;
  return [
    { topic: 'role', value: summary.role, at: at(reading.role) },
    { topic: 'profile', value: summary.profile, at: at(reading.profile) },
  ];
}

/** A seed as it was stamped. Its values stand in no document of the site. */
export function comparedSeed({ userData, networkConfig, kernelArguments }: SeedTexts): ComparedHost {
  return {
    userData: treeOf(userData),
    network: networkConfig.trim() === '' ? undefined : treeOf(networkConfig),
    kernelArguments,
    kernelArgumentsAt: undefined,
    facts: undefined,
  };
}

function treeOf(text: string): TracedTree | undefined {
  const tree = parseYaml(createSourceText('', text), new DiagnosticSink());
  return tree === undefined ? undefined : { tree, substitutes: noSubstitutes };
}

/** What differs, by topic. Empty when both would receive the same and their documents ask for the same image. */
export function compareHosts(here: ComparedHost, there: ComparedHost): Difference[] {
  const facts =
    here.facts !== undefined && there.facts !== undefined ? compareFacts(here.facts, there.facts) : [];
  return sortedByTopic([
    ...facts,
    ...compareTraced(here.network, there.network, networkWords),
    ...compareArguments(here, there),
    ...compareTraced(here.userData, there.userData, userDataWords),
  ]);
}

function compareFacts(here: readonly Fact[], there: readonly Fact[]): Difference[] {
  return here.flatMap(({ topic, value, at }, index) => {
    const other = there[index];
    if (other === undefined || other.value === value) return [];
    return [
      {
        topic,
        what: topic,
        here: value || undefined,
        there: other.value || undefined,
        hereAt: at,
        thereAt: other.at,
      },
    ];
  });
}

function compareTraced(
  here: TracedTree | undefined,
  there: TracedTree | undefined,
  wordsOf: (difference: TreeDifference) => Words,
): Difference[] {
  return compareTrees(here?.tree, there?.tree).map((difference) => ({
    ...wordsOf(difference),
    hereAt: placeOfSide(difference.here, difference.there, here),
    thereAt: placeOfSide(difference.there, difference.here, there),
  }));
}

/** A value that a host brought in, and the other did not, is changed there; else the text itself is. */
function placeOfSide(
  side: Side | undefined,
  other: Side | undefined,
  traced: TracedTree | undefined,
): Place | undefined {
  if (side === undefined || traced === undefined) return undefined;
  const others = new Set(other === undefined ? [] : valuesOf(other.value, traced).map(({ value }) => value));
  const own = valuesOf(side.value, traced).find(({ value }) => !others.has(value));
  return own === undefined ? placeOfText(side, traced) : placeOf(own);
}

function valuesOf(node: SourceNode, { substitutes }: TracedTree): readonly ScalarNode[] {
  return valuesWithin(substitutes.get(node)?.node ?? node);
}

function placeOfText({ key, value }: Side, traced: TracedTree): Place | undefined {
  const ofValue = originOf(value, traced.substitutes)?.place;
  const ofKey = key === undefined ? undefined : originOf(key, traced.substitutes)?.place;
  const own = value.type === 'scalar' ? (ofValue ?? ofKey) : (ofKey ?? ofValue);
  if (own !== undefined || value.type !== 'map') return own;
  // A section such as `vlans` stands in no document as such; what it holds does.
  const [first] = value.entries;
  return first === undefined ? undefined : placeOfText(first, traced);
}

function compareArguments(here: ComparedHost, there: ComparedHost): Difference[] {
  const [a, b] = [here.kernelArguments, there.kernelArguments];
  const topic = 'kernel arguments';
  const difference = (what: string, own: string | undefined, other: string | undefined): Difference => ({
    topic,
    what,
    here: own,
    there: other,
    hereAt: here.kernelArgumentsAt,
    thereAt: there.kernelArgumentsAt,
  });
  const found = [
    ...a.filter((each) => !b.includes(each)).map((each) => difference('kernel argument', each, undefined)),
    ...b.filter((each) => !a.includes(each)).map((each) => difference('kernel argument', undefined, each)),
  ];
  if (found.length > 0 || a.join(' ') === b.join(' ')) return found;
  return [difference('order of kernel arguments', a.join(' '), b.join(' '))];
}

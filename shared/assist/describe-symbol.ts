import { formatIpInterface } from '../network/addresses.ts';
import type { NetworkLink } from '../network/model.ts';
import { receiversOf } from '../refactor/definitions.ts';
import { occurrenceIn } from '../refactor/occurrences.ts';
import { isDocumentSymbol, type Occurrence, wordOf } from '../refactor/symbols.ts';
import { documentOf, type SiteAnalysis } from '../site/analysis.ts';
import type { SiteDocument } from '../site/document.ts';
import { knownElements } from '../site/known-elements.ts';
import { childOf, type SourceNode } from '../source/source-node.ts';
import { rangeOf } from '../source/source-text.ts';
import { type Hover, secretInSeed } from './hover.ts';
import { describeReference, referenceFactsOf } from './reference-facts.ts';

/** What the name at an offset stands for: a summary of the document, the value of a reference, what a link is made of. */
export function describeSymbolAt(
  analysis: SiteAnalysis,
  path: string,
  offset: number,
  chosenHost: string | undefined,
): Hover | undefined {
  const document = analysis.documents.find((each) => each.path === path);
  const occurrence = document === undefined ? undefined : occurrenceIn(document, offset);
  if (occurrence === undefined) return undefined;
  const text = textOf(occurrence, analysis, chosenHost);
  if (text === undefined) return undefined;
  const { source, span, symbol } = occurrence;
  const isReference = symbol.kind === 'fact' || symbol.kind === 'variable' || symbol.kind === 'mac';
  const title = isReference ? `((${keyOf(occurrence)}))` : `${wordOf(symbol)} ${symbol.name}`;
  const markdown = `**${title}**\n\n${text}`;
  const range = rangeOf(source, span);
  return symbol.kind === 'secret' ? { markdown, range, secret: symbol.name } : { markdown, range };
}

/** `((secret.name))` in a text, and not the bare name. */
function isReferenceInText({ source, place }: Occurrence): boolean {
  return source.text.startsWith('((', place.start);
}

function keyOf({ symbol: { kind, name } }: Occurrence): string {
  if (kind === 'fact') return name;
  return `${kind === 'mac' ? 'mac' : 'var'}.${name}`;
}

function textOf(
  occurrence: Occurrence,
  analysis: SiteAnalysis,
  chosenHost: string | undefined,
): string | undefined {
  const { kind, name } = occurrence.symbol;
  if (isDocumentSymbol(kind)) {
    const document = documentOf(analysis, kind, name);
    return document === undefined ? undefined : summaryOf(document, analysis);
  }
  switch (kind) {
    case 'fact':
    case 'variable':
    case 'mac':
      return describeReference(referenceFactsOf(analysis, chosenHost), keyOf(occurrence));
    case 'link':
      return linkText(occurrence, analysis, chosenHost);
    case 'element':
      return knownElements.includes(name)
        ? 'An element that the builder offers.'
        : `An element of this site, in elements/${name}/.`;
    case 'secret':
      return isReferenceInText(occurrence)
        ? secretInSeed
        : 'A secret: user and password of the management controller, never shown here.';
    default:
      return undefined;
  }
}

/** A few lines on a document: what it holds, and who uses it. */
export function summaryOf(document: SiteDocument, analysis: SiteAnalysis): string {
  const lines = [factsOf(document, analysis), usersOf(document, analysis)];
  return lines.filter((line) => line !== '').join('\n\n');
}

function factsOf(document: SiteDocument, analysis: SiteAnalysis): string {
  const { kind, root } = document;
  const spec = childOf(root, 'spec');
  switch (kind) {
    case 'host': {
      const summary = analysis.hosts.find(({ path }) => path === document.path);
      return summary === undefined
        ? ''
        : [summary.role, ...summary.addresses].filter((text) => text !== '').join(', ');
    }
    case 'network-config':
      return networkText(document, analysis);
    case 'image':
      return imageText(document, analysis);
    case 'host-profile':
      return keysText(spec);
    default:
      return keysText(root);
  }
}

function imageText({ path }: SiteDocument, { images }: SiteAnalysis): string {
  const image = images.find((each) => each.path === path);
  if (image === undefined) return '';
  const elements = image.elements.length === 0 ? '' : `, elements ${image.elements.join(', ')}`;
  return `Debian ${image.release}, profile ${image.profile}, ${image.outputs.join(' and ')}${elements}`;
}

/** Links as the first host has them that uses the network. */
function networkText(document: SiteDocument, analysis: SiteAnalysis): string {
  const receivers = receiversOf(analysis, document.path);
  const host = [...analysis.analysedHosts.values()].find(({ summary }) => receivers.has(summary.path));
  const links = host?.network?.links ?? [];
  return links.length === 0 ? keysText(document.root) : links.map(shortLink).join('  \n');
}

function shortLink(link: NetworkLink): string {
  const parts = [
    link.members.length === 0 ? '' : `of ${link.members.map(({ value }) => value).join(', ')}`,
    link.vlan?.id === undefined ? '' : `VLAN ${link.vlan.id.value} on ${link.vlan.link?.value ?? '?'}`,
    link.mtu === undefined ? '' : `MTU ${link.mtu.value}`,
    ...link.addresses.map(({ value }) => formatIpInterface(value)),
    link.dhcp4?.value === true ? 'DHCP' : '',
  ].filter((part) => part !== '');
  return `\`${link.id.value}\` ${link.kind}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`;
}

function linkText(
  { symbol }: Occurrence,
  analysis: SiteAnalysis,
  chosenHost: string | undefined,
): string | undefined {
  const path = symbol.scope ?? '';
  const receivers = receiversOf(analysis, path);
  const hosts = [...analysis.analysedHosts.values()].filter(({ summary }) => receivers.has(summary.path));
  const host = hosts.find(({ summary }) => summary.name === chosenHost) ?? hosts[0];
  const link = host?.network?.links.find(({ id }) => id.value === symbol.name);
  return link === undefined ? undefined : `${shortLink(link)}  \nas ${host?.summary.name} has it`;
}

/** The top keys with the number of their entries. */
function keysText(root: SourceNode | undefined): string {
  if (root?.type !== 'map') return '';
  return root.entries
    .map(({ key, value }) => {
      const count = value.type === 'sequence' ? value.items.length : undefined;
      return count === undefined ? `\`${String(key.value)}\`` : `\`${String(key.value)}\` (${count})`;
    })
    .join(', ');
}

const mostNames = 5;

function usersOf(document: SiteDocument, analysis: SiteAnalysis): string {
  const named = [...analysis.profiles, ...analysis.networks, ...analysis.userData];
  const users = named.find(({ path }) => path === document.path)?.hosts;
  if (users === undefined) return '';
  if (users.length === 0) return 'No host uses it.';
  const more = users.length > mostNames ? ` and ${users.length - mostNames} more` : '';
  return `Used by ${users.slice(0, mostNames).join(', ')}${more}.`;
}

import { beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import type { NetworkModel } from './model.ts';
import { renderNetworkData } from './render-network-data.ts';
import { renderVersion1 } from './render-version-1.ts';
import { renderVersion2 } from './render-version-2.ts';
import {
  type Converted,
  type ConvertJob,
  netConvert,
  unpackCloudInit,
} from './testing/cloud-init-package.test-support.ts';
import { type CorpusDocument, corpus } from './testing/corpus.test-support.ts';
import { modelOf } from './testing/network-documents.ts';
import { normalNetplan } from './testing/normal-netplan.ts';

/**
 * cloud-init itself is the measure of what a document means: what our renderers write of a document is given to its
 * net-convert beside the document, and must come out the same.
 */
const outputs = ['netplan', 'eni', 'sysconfig', 'networkd', 'network-manager'] as const;
const yaml = (value: unknown) => stringify(value, { version: '1.1' });

interface Writer {
  readonly kind: ConvertJob['kind'];
  readonly write: (model: NetworkModel, sink: DiagnosticSink) => string;
}

const writers: Readonly<Record<string, Writer>> = {
  'version 2': { kind: 'yaml', write: (model, sink) => yaml(renderVersion2(model, sink)) },
  'version 1': { kind: 'yaml', write: (model, sink) => yaml(renderVersion1(model, sink)) },
  network_data: {
    kind: 'network_data.json',
    write: (model, sink) => JSON.stringify(renderNetworkData(model, sink)),
  },
};

interface Comparison {
  readonly writer: string;
  readonly output: ConvertJob['output'];
  readonly document: CorpusDocument;
  readonly ours: ConvertJob;
  readonly theirs: ConvertJob;
}

/** Every document that a format can say wholly, in every output of cloud-init that reads both alike. */
const comparisons = Object.entries(writers).flatMap(([writer, { kind, write }]) =>
  corpus.flatMap((document): Comparison[] => {
    const sink = new DiagnosticSink();
    const text = write(modelOf(document.text), sink);
    if (sink.list().length > 0) return [];
    // cloud-init hands version 2 to netplan as it is; its other renderers read it in another way than version 1.
    const isVersion2 = document.format === 'version-2' || writer === 'version 2';
    return outputs
      .filter((output) => output === 'netplan' || !isVersion2)
      .map((output) => ({
        writer,
        output,
        document,
        ours: { kind, text, output, macs: macsOf(document) },
        theirs: jobOf(document, output),
      }));
  }),
);

const answers = new Map<ConvertJob, Converted>();
beforeAll(() => {
  const jobs = comparisons.flatMap(({ ours, theirs }) => [ours, theirs]);
  for (const [index, answer] of netConvert(unpackCloudInit(), jobs).entries()) {
    const job = jobs[index];
    if (job !== undefined) answers.set(job, answer);
  }
});

/** Cards that are found by their MAC address: on the machine each is called after its link. */
function macsOf({ format, text }: CorpusDocument): string[] {
  if (format === 'version-1') return [];
  return modelOf(text).links.flatMap(({ id, match }) =>
    match?.macAddress === undefined ? [] : [`${id.value},${match.macAddress.value}`],
  );
}

function jobOf(document: CorpusDocument, output: ConvertJob['output']): ConvertJob {
  const isJson = document.format === 'network-data';
  const text = isJson ? JSON.stringify(parse(document.text)) : document.text;
  return { kind: isJson ? 'network_data.json' : 'yaml', text, output, macs: macsOf(document) };
}

function filesOf(job: ConvertJob): Readonly<Record<string, string>> {
  const answer = answers.get(job);
  if (answer === undefined || 'error' in answer) throw new Error(`${answer?.error}\n${job.text}`);
  return answer.files;
}

/**
 * cloud-init writes these for its other renderers, but forgets them for netplan; hosts receive them from us. The same goes
 * for the routes of links without a static address, where only DHCP or advertisements give one.
 */
const forgottenForNetplan = ['wakeonlan', 'dhcp4-overrides', 'dhcp6-overrides'];
const isForgotten = (key: string, link: object) =>
  forgottenForNetplan.includes(key) || (key === 'routes' && !('addresses' in link));

function netplanOf(job: ConvertJob, isPassedOn: boolean): unknown {
  const netplan = normalNetplan(parse(Object.values(filesOf(job))[0] ?? ''));
  if (isPassedOn) return netplan;
  const links = Object.entries(netplan).map(([name, link]) => {
    const kept = Object.entries(link as object).filter(([key]) => !isForgotten(key, link as object));
    return [name, Object.fromEntries(kept)] as const;
  });
  // A loopback without addresses says nothing, and cloud-init leaves it out.
  return Object.fromEntries(links.filter(([name, link]) => name !== 'lo' || Object.keys(link).length > 1));
}

const bondModes = ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad'];

/** Lines that say the same in another way: a default route as a gateway, a mode by its number, a MAC in capitals. */
function alike(line: string): string[] {
  const text = line.trim();
  const gateway =
    /^gateway[ =](\S+)$/.exec(text)?.[1] ??
    /^post-up route add (?:-A inet6 )?default gw (\S+) \|\| true$/.exec(text)?.[1] ??
    /^route\d+=(?:0\.0\.0\.0|::)\/0,(\S+)$/.exec(text)?.[1];
  if (gateway !== undefined) return [`default ${gateway}`];
  if (/^pre-down route del (-A inet6 )?default |^Destination=(0\.0\.0\.0|::)\/0$|^$/.test(text)) return [];
  const bond = text.startsWith('bond') ? text.replaceAll('_', '-') : text;
  const spelt = bond.replace(
    /\b(mode[= ])(\d)\b(?!\.)/,
    (_written, key, number) => `${key}${bondModes[Number(number)]}`,
  );
  return [/([\da-f]{2}:){5}/i.test(spelt) ? spelt.toLowerCase() : spelt];
}

/**
 * What cloud-init 22.4 loses itself: its NetworkManager renderer reads `bond_miimon` but not `bond_mode`, and
 * `bond-mode` but not `bond-miimon`; its networkd renderer passes over the MTU of an IPv4 subnet.
 */
const lostOnTheWay: Partial<Record<ConvertJob['output'], RegExp>> = {
  'network-manager': /^(mode|miimon|primary|xmit_hash_policy)=/,
  networkd: /^(MTUBytes=|\[Link\]$)/,
};

/** The lines of all files, without their order, which says nothing where each has a key. */
function linesOf(job: ConvertJob): unknown {
  const files = Object.entries(filesOf(job)).filter(([path]) => !path.includes('udev'));
  return Object.fromEntries(
    files.map(([path, text]) => [
      path,
      text
        .split('\n')
        .flatMap(alike)
        .filter((line) => !lostOnTheWay[job.output]?.test(line))
        .sort(),
    ]),
  );
}

describe.each(Object.keys(writers))('%s means to cloud-init what its source means', (writer) => {
  test.each(outputs)('as %s', (output) => {
    const pairs = comparisons.filter((each) => each.writer === writer && each.output === output);
    const isPassedOn = (document: CorpusDocument) =>
      writer === 'version 2' && document.format === 'version-2';
    const meaning = (job: ConvertJob, document: CorpusDocument) =>
      output === 'netplan' ? netplanOf(job, isPassedOn(document)) : linesOf(job);
    const byName = (which: 'ours' | 'theirs') =>
      Object.fromEntries(pairs.map((each) => [each.document.name, meaning(each[which], each.document)]));
    expect(byName('ours')).toEqual(byName('theirs'));
  });
});

test('most of the corpus is compared', () => {
  const count = (writer: string, output: string) =>
    comparisons.filter((each) => each.writer === writer && each.output === output).length;
  expect(corpus.length).toBeGreaterThanOrEqual(60);
  expect(count('version 2', 'netplan')).toBeGreaterThanOrEqual(60);
  expect(count('version 1', 'netplan')).toBeGreaterThanOrEqual(50);
  for (const output of outputs) {
    if (output === 'netplan') continue;
    expect(count('version 1', output)).toBeGreaterThanOrEqual(40);
    expect(count('network_data', output)).toBeGreaterThanOrEqual(15);
  }
});

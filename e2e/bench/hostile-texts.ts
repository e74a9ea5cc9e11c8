import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createSiteAnalyser } from '../../shared/site/analyser.ts';
import { type Kind, kindOfPath, kinds } from '../../shared/site/document-kinds.ts';
import { mutatedDocuments, slowTexts } from '../../shared/site/testing/hostile-documents.ts';
import { validateText } from '../../shared/site/validate-text.ts';
import type { Bench, Figure, Measure } from './figure.ts';
import { median, percentile } from './sampling.ts';

/**
 * Milliseconds in which a text of up to 100,000 characters has its verdict; a longer one has as much more. Who waits no
 * longer than that stays with what he does (Nielsen, "Response Times: The 3 Important Limits").
 */
const timeLimit = 1000;
const count = 10_000;

interface Verdict {
  readonly what: string;
  readonly milliseconds: number;
}

function judge(what: string, kind: Kind, text: string): Verdict {
  const start = performance.now();
  validateText('a.yaml', text, { as: kind });
  const share = Math.max(1, text.length / 100_000);
  return { what: `${what} (${kind})`, milliseconds: (performance.now() - start) / share };
}

/** Documents of the example that hosts refer to: what is told of them takes the whole site. */
const referred = ['user-data/base.yaml', 'networks/bonded.yaml', 'profiles/edge-node.yaml'];

/** In the place of a document of a site whose other documents were judged before. */
function judgeInSite(what: string, site: ReadonlyMap<string, string>, file: string, text: string): Verdict {
  const analyser = createSiteAnalyser();
  for (const [name, content] of site) analyser.update(name, content);
  analyser.analyse();
  const start = performance.now();
  analyser.update(file, text);
  analyser.analyse();
  const share = Math.max(1, text.length / 100_000);
  return { what: `${what} (${file})`, milliseconds: (performance.now() - start) / share };
}

const slowest = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce((most, each) => (each.milliseconds > most.milliseconds ? each : most));

function figureOf(title: string, verdicts: readonly Verdict[]): Figure {
  const times = verdicts.map(({ milliseconds }) => milliseconds);
  const { what, milliseconds } = slowest(verdicts);
  return {
    measure: 'hostile',
    title,
    value: milliseconds,
    unit: 'ms',
    target: timeLimit,
    note: `median ${median(times).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms; the slowest: ${what}`,
  };
}

/** The texts of the tests, judged in this process: what the command line does, without its start. */
async function measure({ checkout, tell }: Bench): Promise<Figure[]> {
  const example = path.join(checkout, 'assets', 'examples', 'edge-berlin');
  const site = new Map(
    readdirSync(example, { recursive: true, encoding: 'utf8' })
      .filter((file) => kindOfPath(file) !== undefined)
      .map((file) => [file, readFileSync(path.join(example, file), 'utf8')]),
  );
  const documents = [...site].flatMap(([file, text]) => {
    const kind = kindOfPath(file);
    return kind === undefined ? [] : [[kind, text] as const];
  });
  tell(`  ${count} documents with accidents\n`);
  const accidents = [...mutatedDocuments(documents, count, 1)].map(({ how, kind, text }) =>
    judge(how, kind, text),
  );
  tell(`  ${Object.keys(slowTexts).length} slow texts as ${kinds.length} kinds\n`);
  const slow = Object.entries(slowTexts).flatMap(([what, text]) =>
    kinds.map((kind) => judge(what, kind, text)),
  );
  tell(`  the same in a site, as ${referred.length} documents of hosts\n`);
  const inSite = Object.entries(slowTexts).flatMap(([what, text]) =>
    referred.map((file) => judgeInSite(what, site, file, text)),
  );
  return [
    figureOf(`The slowest of ${count} documents with accidents, judged`, accidents),
    figureOf('The slowest of the texts that are made to be slow, for each 100,000 characters', slow),
    figureOf('The same in a site, as a document that its hosts refer to', inSite),
  ];
}

export const hostileTexts: Measure = {
  name: 'hostile',
  title: 'Verdicts on hostile texts',
  run: measure,
};

import path from 'node:path';
import { run } from './commands.ts';
import type { Bench, Figure, Measure } from './figure.ts';
import { makeSiteOfHosts } from './generated-site.ts';
import { inTurns, median } from './sampling.ts';

const hosts = 500;
const rounds = 7;

async function measure({ checkout, cli, scratch }: Bench): Promise<Figure[]> {
  const site = path.join(scratch, 'site-of-500');
  makeSiteOfHosts(checkout, site, hosts);
  const found = JSON.parse(await run([process.execPath, cli, 'validate', site, '--json'])) as unknown[];
  if (found.length > 0) throw new Error(`the generated site has findings: ${JSON.stringify(found[0])}`);
  let turn = 0;
  const samples = await inTurns(rounds, {
    render: () => {
      turn += 1;
      const out = path.join(scratch, 'rendered', String(turn));
      return run([process.execPath, cli, 'render', site, '--all', '--out', out]);
    },
    validate: () => run([process.execPath, cli, 'validate', site]),
    copy: () => {
      const rendered = path.join(scratch, 'rendered');
      return run(['cp', '-r', path.join(rendered, '1'), path.join(rendered, `copy-${turn}`)]);
    },
    node: () => run([process.execPath, '-e', '0']),
  });
  const node = median(samples.node);
  const start = `of which Node's own start ${Math.round(node)} ms`;
  const written = `a plain cp -r of the files ${Math.round(median(samples.copy))} ms`;
  return [
    figure(`${hosts} hosts rendered to ${4 * hosts} files`, samples.render, `${start}; ${written}`),
    figure(`${hosts} hosts validated`, samples.validate, start),
  ];
}

function figure(title: string, milliseconds: readonly number[], note: string): Figure {
  const samples = milliseconds.map((one) => one / 1000);
  return { measure: 'render', title, value: median(samples), unit: 's', target: 1, note, samples };
}

export const renderHosts: Measure = {
  name: 'render',
  title: 'A site of 500 hosts on the command line',
  run: measure,
};

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from './commands.ts';
import type { Bench, Figure, Measure } from './figure.ts';
import { makeSiteOfHosts } from './generated-site.ts';
import { inTurns, median } from './sampling.ts';

const hosts = 500;
const rounds = 7;

/**
 * Files that cost the file system nothing: ext4 gives out inodes slowly for minutes after many were freed, when a plain
 * copy of the files takes ten times as long.
 */
const memoryFolder = '/dev/shm';

async function measure({ checkout, cli, scratch }: Bench): Promise<Figure[]> {
  const site = path.join(scratch, 'site-of-500');
  makeSiteOfHosts(checkout, site, hosts);
  const found = JSON.parse(await run([process.execPath, cli, 'validate', site, '--json'])) as unknown[];
  if (found.length > 0) throw new Error(`the generated site has findings: ${JSON.stringify(found[0])}`);
  const memory = existsSync(memoryFolder)
    ? mkdtempSync(path.join(memoryFolder, 'siteforge-bench-'))
    : undefined;
  const rendered = path.join(scratch, 'rendered');
  let turn = 0;
  const fresh = (folder: string) => {
    turn += 1;
    return path.join(folder, String(turn));
  };
  const renderTo = (out: string) => run([process.execPath, cli, 'render', site, '--all', '--out', out]);
  const samples = await inTurns(rounds, {
    render: () => renderTo(fresh(rendered)),
    inMemory: () => (memory === undefined ? Promise.resolve() : renderTo(fresh(memory))),
    validate: () => run([process.execPath, cli, 'validate', site]),
    copy: () => run(['cp', '-r', path.join(rendered, '1'), fresh(rendered)]),
    node: () => run([process.execPath, '-e', '0']),
  });
  if (memory !== undefined) rmSync(memory, { recursive: true });
  const node = median(samples.node);
  const start = `of which Node's own start ${Math.round(node)} ms`;
  const written = `a plain cp -r of the files ${Math.round(median(samples.copy))} ms`;
  return [
    figure(`${hosts} hosts rendered to ${4 * hosts} files`, samples.render, `${start}; ${written}`),
    ...(memory === undefined ? [] : [figure('the same, to files in memory', samples.inMemory, start)]),
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

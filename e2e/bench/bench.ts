import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildAgain } from './build-again.ts';
import { composeImage } from './compose-image.ts';
import { type Figure, isMet, type Measure } from './figure.ts';
import { hostileTexts } from './hostile-texts.ts';
import { keystroke } from './keystroke.ts';
import { longLog } from './long-log.ts';
import { describeMachine, load, machineLines } from './machine.ts';
import { openLargeSite } from './open-large-site.ts';
import { renameEverywhere } from './rename-everywhere.ts';
import { renderHosts } from './render-hosts.ts';
import { stampImage } from './stamp-image.ts';
import { tableOf } from './table.ts';
import { windowStart } from './window-start.ts';

const measures: readonly Measure[] = [
  keystroke,
  hostileTexts,
  openLargeSite,
  renameEverywhere,
  renderHosts,
  stampImage,
  windowStart,
  longLog,
  buildAgain,
  composeImage,
];

const help = `npm run bench [-- OPTIONS]

Measures what each path costs and writes dist/bench/result.json. Subject and peer of a ratio take turns in one run.

  --only NAME,...    only these: ${measures.map(({ name, long }) => (long ? `${name} (long)` : name)).join(', ')}
  --long             the ones that take minutes as well
  --json             prints the result as JSON
`;

/** The bundle in dist/bench lies as deep below the checkout as this file does. */
const checkout = path.join(import.meta.dirname, '..', '..');

interface Order {
  readonly chosen: readonly Measure[];
  readonly json: boolean;
}

function parseOrder(args: string[]): Order {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', multiple: true },
      long: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const only = values.only?.flatMap((list) => list.split(',')).filter((name) => name !== '') ?? [];
  const unknown = only.find((name) => !measures.some((measure) => measure.name === name));
  if (unknown !== undefined) throw new Error(`there is no measure ${unknown}`);
  // Who names a long one wants it.
  const isChosen = ({ name, long }: Measure) =>
    only.length > 0 ? only.includes(name) : !long || values.long === true;
  return { chosen: measures.filter(isChosen), json: values.json === true };
}

async function main({ chosen, json }: Order): Promise<number> {
  const folder = path.join(checkout, 'dist', 'bench');
  mkdirSync(folder, { recursive: true });
  // Not inside: bundling the bench again empties its folder, and with it what another run works on.
  const scratch = mkdtempSync(path.join(checkout, 'dist', 'bench-scratch-'));
  const interrupted = () => {
    rmSync(scratch, { recursive: true, force: true });
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const loadBefore = load();
  const figures: Figure[] = [];
  const failures: string[] = [];
  const tell = (text: string) => process.stderr.write(text);
  const cli = path.join(checkout, 'dist', 'cli', 'siteforge.js');
  try {
    for (const { name, title, run } of chosen) {
      tell(`${title}\n`);
      try {
        figures.push(...(await run({ checkout, cli, scratch, tell })));
      } catch (thrown) {
        failures.push(`${name}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown}`);
      }
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const machine = describeMachine(folder, loadBefore);
  const result = { at: new Date().toISOString(), machine, figures, failures };
  const text = `${JSON.stringify(result, undefined, 2)}\n`;
  writeFileSync(path.join(folder, 'result.json'), text);
  if (json) process.stdout.write(text);
  else process.stdout.write(`\n${machineLines(machine).join('\n')}\n\n${tableOf(figures)}`);
  for (const failure of failures) tell(`\nNot measured: ${failure}\n`);
  return failures.length > 0 || figures.some((figure) => isMet(figure) === false) ? 1 : 0;
}

let order: Order;
try {
  order = parseOrder(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : thrown}\n\n${help}`);
  process.exit(2);
}
process.exitCode = await main(order);

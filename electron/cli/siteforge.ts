import '#shared/schema/no-code-from-strings.ts';
import { isMainThread } from 'node:worker_threads';
import { errorTable, SiteforgeError, toFailure } from '#shared/errors.ts';
import about from '../../package.json' with { type: 'json' };
import { redactedData } from '../core/secrets/known-values.ts';
import type { Command, Output } from './arguments.ts';
import { wrongUse } from './arguments.ts';
import { printFailure } from './print-failure.ts';
import { StandardOutput } from './standard-output.ts';

/** Evaluated when called: `--help` and a wrong word answer at once. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  validate: async () => (await import('./validate.ts')).validate,
  render: async () => (await import('./render.ts')).render,
  convert: async () => (await import('./convert.ts')).convert,
  import: async () => (await import('./import.ts')).importSite,
  export: async () => (await import('./export.ts')).exportSite,
  build: async () => (await import('./build.ts')).build,
  stamp: async () => (await import('./stamp.ts')).stamp,
  boot: async () => (await import('./boot.ts')).boot,
};

async function helpText(): Promise<string> {
  const lines = await Promise.all(
    Object.values(commands).map(async (load) => {
      const { usage, summary } = await load();
      return `  ${usage}\n      ${summary}\n`;
    }),
  );
  return [
    'siteforge COMMAND [OPTIONS]: describe a machine room, see what every host receives, build its boot images.\n',
    ...lines,
    'Every command takes --json. Exit status: 0 fine, 1 the documents or the job failed, 2 wrong use.\n',
  ].join('\n');
}

async function run(parameters: readonly string[], output: Output): Promise<number> {
  const [name, ...rest] = parameters;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    (name === undefined ? output.error : output.out)(await helpText());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    output.out(`${about.version}\n`);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) throw wrongUse(`There is no command ${name}.`);
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    output.out(`${command.usage}\n\n${command.summary}\n`);
    return 0;
  }
  return command.run(rest, output);
}

/** Ctrl-C asks once, politely; a second one ends the process, and the next start cleans up after it. */
function signalOfTerminal(): AbortSignal {
  const controller = new AbortController();
  const ask = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(name === 'SIGINT' ? 130 : 143);
    controller.abort(new SiteforgeError('cancelled'));
  };
  process.on('SIGINT', ask);
  process.on('SIGTERM', ask);
  return controller.signal;
}

async function main(): Promise<void> {
  const parameters = process.argv.slice(2);
  const results = new StandardOutput();
  const signal = signalOfTerminal();
  const output: Output = {
    out: (text) => results.text(text),
    send: (content) => results.send(content, signal),
    error: (text) => void process.stderr.write(text),
    terminal: process.stderr.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    signal,
  };
  const tell = (thrown: unknown): number => {
    const failure = redactedData(toFailure(thrown));
    printFailure(output, failure, parameters.includes('--json'));
    return errorTable[failure.code].exit;
  };
  process.stdout.on('error', (thrown) => {
    if (results.isSending) return;
    const failure = results.failureOf(thrown);
    process.exit(failure === undefined ? 0 : tell(failure));
  });
  try {
    process.exitCode = await run(parameters, output);
  } catch (thrown) {
    process.exitCode = tell(thrown);
  }
}

/** In a thread of a command. */
async function serve(): Promise<void> {
  const { answerShareOrders } = await import('./answer-share.ts');
  answerShareOrders();
}

void (isMainThread ? main() : serve());

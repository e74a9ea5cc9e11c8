import { type Command, parse, required, single, wrongUse } from './arguments.ts';
import { startShareThreads } from './share-threads.ts';

/** What a host receives, or its network as NetworkManager would hold it. */
const formats = ['nocloud', 'keyfiles'] as const;

export interface RenderOrder {
  /** Of the site. */
  readonly folder: string;
  /** All of them without. */
  readonly host: string | undefined;
  readonly format: (typeof formats)[number];
  /** Where the files are written to. */
  readonly out: string | undefined;
  readonly withSecrets: boolean;
  readonly json: boolean;
}

export const render: Command = {
  usage:
    'siteforge render SITE --host NAME | --all [--as nocloud|keyfiles] [--out DIR] [--with-secrets] [--json]',
  summary:
    'Writes what a host receives: user-data, meta-data, network-config and vendor-data; or, with --as keyfiles, its network as NetworkManager’s keyfiles. With --all, for every host, in a folder each. Secrets are masked unless --with-secrets is given.',
  async run(parameters, output) {
    const order = orderOf(parameters);
    const threads = isShareable(order) ? startShareThreads(order.folder) : [];
    try {
      // Late: the threads start, and load the same, beside this.
      const { renderSite } = await import('./render-site.ts');
      await renderSite(order, threads, output);
      return 0;
    } finally {
      for (const thread of threads) thread.end();
    }
  },
};

function orderOf(parameters: readonly string[]): RenderOrder {
  const { values, positionals } = parse(parameters, {
    host: { type: 'string' },
    all: { type: 'boolean' },
    as: { type: 'string' },
    out: { type: 'string' },
    'with-secrets': { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const folder = single(positionals, 'SITE');
  const format = formatOf(values.as ?? 'nocloud');
  if (values.all && values.host !== undefined) throw wrongUse('--host and --all exclude each other.');
  if (values.all && values.out === undefined && !values.json)
    throw wrongUse('--all needs --out DIR or --json.');
  const host = values.all ? undefined : required(values.host, 'host');
  const withSecrets = values['with-secrets'] === true;
  return { folder, host, format, out: values.out, withSecrets, json: values.json === true };
}

function formatOf(name: string): RenderOrder['format'] {
  const format = formats.find((each) => each === name);
  if (format === undefined) throw wrongUse(`--as ${name}: a format is one of ${formats.join(', ')}.`);
  return format;
}

/** What needs nothing of a host but its files. */
function isShareable({ host, format, out, withSecrets, json }: RenderOrder): boolean {
  return host === undefined && format === 'nocloud' && out !== undefined && !withSecrets && !json;
}

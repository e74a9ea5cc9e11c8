import { exportHosts as hostsTable } from '#shared/fleet/host-cells.ts';
import { writeFileAtomically } from '../core/files/atomic-write.ts';
import { blocking } from '../core/files/file-access.ts';
import { fileFailure } from '../core/files/file-failures.ts';
import { analyseSite } from '../core/site/analyse-site.ts';
import { readSite } from '../core/site/read-site.ts';
import { type Output, parse, single } from './arguments.ts';

export const exportHostsUsage = 'siteforge export hosts SITE [--out FILE.csv] [--json]';
export const exportHostsSummary =
  'Or writes the hosts as a table that a spreadsheet opens and that import hosts takes in again; networks of a host’s own are not in it.';

export async function exportHosts(parameters: readonly string[], output: Output): Promise<0> {
  const { values, positionals } = parse(parameters, { out: { type: 'string' }, json: { type: 'boolean' } });
  const { analysis } = analyseSite(await readSite(single(positionals, 'SITE'), blocking));
  const table = hostsTable(analysis);
  const count = analysis.hosts.length;
  if (values.out !== undefined) {
    const { out } = values;
    await writeFileAtomically(out, table).catch((thrown: unknown) => {
      throw fileFailure(thrown, out, 'write');
    });
  }
  if (values.json)
    output.out(
      `${JSON.stringify({ hosts: count, ...(values.out === undefined ? { table } : { out: values.out }) })}\n`,
    );
  else if (values.out === undefined) output.out(table);
  else output.error(`${count} ${count === 1 ? 'host' : 'hosts'} written to ${values.out}\n`);
  return 0;
}

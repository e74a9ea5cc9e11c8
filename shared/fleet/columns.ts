import { suggest } from '../diagnostics/suggest.ts';
import { interfaceName, variableName } from '../schema/scalars.ts';

/** What a column of a table of hosts says. `mac` and `var` have a key: the interface, the variable. */
export type Column = { readonly kind: PlainKind } | { readonly kind: 'mac' | 'var'; readonly key: string };

export const plainKinds = [
  'name',
  'domain',
  'role',
  'profile',
  'network',
  'userData',
  'bmc.address',
  'bmc.mac',
  'bmc.credentials',
] as const;
export type PlainKind = (typeof plainKinds)[number];

/** What people write above such columns, in lower case and without blanks, dots and the like. */
const otherWords: Readonly<Record<string, PlainKind>> = {
  host: 'name',
  hostname: 'name',
  node: 'name',
  nodename: 'name',
  server: 'name',
  dnsdomain: 'domain',
  domainname: 'domain',
  hostrole: 'role',
  type: 'role',
  hostprofile: 'profile',
  networkref: 'network',
  net: 'network',
  fragments: 'userData',
  cloudinit: 'userData',
  bmc: 'bmc.address',
  bmcip: 'bmc.address',
  bmcurl: 'bmc.address',
  ipmi: 'bmc.address',
  ipmiaddress: 'bmc.address',
  redfish: 'bmc.address',
  bmcmacaddress: 'bmc.mac',
  ipmimac: 'bmc.mac',
  bmcsecret: 'bmc.credentials',
  credentials: 'bmc.credentials',
};

export function headerOf(column: Column): string {
  return 'key' in column ? `${column.kind}.${column.key}` : column.kind;
}

export type ReadHeader = { readonly column: Column } | { readonly message: string; readonly meant?: string };

/** The column that a header means. Case, blanks and the signs between words do not matter. */
export function readHeader(written: string): ReadHeader {
  const text = written.trim();
  const [, word, key = ''] =
    /^(macs?|vars?|variables?)(?:[ ._:/-]+(?:address(?:es)?[ ._:/-]+)?)(.+)$/i.exec(text) ?? [];
  if (word !== undefined) return keyed(word.toLowerCase().startsWith('mac') ? 'mac' : 'var', key.trim());
  const plain = comparable(text);
  const exact = plainKinds.find((kind) => comparable(kind) === plain) ?? otherWords[plain];
  if (exact !== undefined) return { column: { kind: exact } };
  if (plain === '') return { message: 'This column has no name.' };
  const trailing = /^(.+?)[ ._:/-]+mac(?:[ ._-]?address)?$/i.exec(text)?.[1];
  if (trailing !== undefined) return keyed('mac', trailing);
  const meant = suggest(text, [...plainKinds, 'hostname', 'bmc']);
  const kind =
    meant === undefined ? undefined : (plainKinds.find((each) => each === meant) ?? otherWords[meant]);
  if (kind !== undefined)
    return { message: `There is no column “${text}”. Did you mean “${kind}”?`, meant: kind };
  const variable = text.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[^A-Za-z]+|-+$/g, '');
  const hint = variable === '' ? '' : ` For a variable of the host, write “var.${variable}”.`;
  return {
    message: `There is no column “${text}”. There are ${plainKinds.join(', ')}, mac.NAME and var.NAME.${hint}`,
    ...(variable === '' ? {} : { meant: `var.${variable}` }),
  };
}

function keyed(kind: 'mac' | 'var', key: string): ReadHeader {
  const judged = (kind === 'mac' ? interfaceName : variableName).safeParse(key);
  if (judged.success) return { column: { kind, key } };
  return { message: judged.error.issues[0]?.message ?? `“${key}” is no name.` };
}

function comparable(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

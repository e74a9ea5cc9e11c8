import { childOf, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { textItems, textUnder } from './host-document.ts';

/** What hosts receive from site.yaml, read leniently: a mistake in one setting leaves the others in force. */
export interface SiteSettings {
  readonly name: ScalarNode | undefined;
  readonly release: string;
  readonly dns: { readonly servers: readonly string[]; readonly search: readonly string[] };
  readonly ntp: { readonly servers: readonly string[]; readonly pools: readonly string[] };
  readonly timezone: string | undefined;
  readonly locale: string | undefined;
  readonly keyboard: string | undefined;
  readonly proxies: {
    readonly http: string | undefined;
    readonly https: string | undefined;
    readonly noProxy: readonly string[];
  };
  readonly certificates: readonly string[];
  readonly adminKeys: readonly string[];
  /** Undefined when the site names neither an administrator nor keys: an account that nobody can use helps nobody. */
  readonly adminUser: AdminUser | undefined;
}

export interface AdminUser {
  readonly name: string;
  readonly groups: readonly string[];
  readonly sudo: string;
  readonly shell: string;
  readonly lockPassword: boolean;
}

export function readSiteSettings(root: SourceNode | undefined): SiteSettings {
  const spec = childOf(root, 'spec');
  const text = (key: string) => optionalText(spec, key);
  const [dns, ntp, proxies] = [childOf(spec, 'dns'), childOf(spec, 'ntp'), childOf(spec, 'proxies')];
  const authorities = childOf(spec, 'trustedCAs');
  const adminKeys = texts(spec, 'adminKeys');
  const adminUser = childOf(spec, 'adminUser');
  return {
    name: textUnder(childOf(root, 'metadata'), 'name'),
    release: text('release') ?? 'bookworm',
    dns: { servers: texts(dns, 'servers'), search: texts(dns, 'search') },
    ntp: { servers: texts(ntp, 'servers'), pools: texts(ntp, 'pools') },
    timezone: text('timezone'),
    locale: text('locale'),
    keyboard: text('keyboard'),
    proxies: {
      http: optionalText(proxies, 'http'),
      https: optionalText(proxies, 'https'),
      noProxy: texts(proxies, 'noProxy'),
    },
    certificates: (authorities?.type === 'sequence' ? authorities.items : []).flatMap((item) => {
      const certificate = optionalText(item, 'certificate');
      return certificate === undefined ? [] : [certificate];
    }),
    adminKeys,
    adminUser: adminUser === undefined && adminKeys.length === 0 ? undefined : adminUserOf(adminUser),
  };
}

/** The defaults are those of the schema in shared/schema/site.ts, which a test compares. */
function adminUserOf(node: SourceNode | undefined): AdminUser {
  const locked = childOf(node, 'lockPassword');
  return {
    name: optionalText(node, 'name') ?? 'admin',
    groups: childOf(node, 'groups') === undefined ? ['sudo'] : texts(node, 'groups'),
    sudo: optionalText(node, 'sudo') ?? 'ALL=(ALL) NOPASSWD:ALL',
    shell: optionalText(node, 'shell') ?? '/bin/bash',
    lockPassword: !(locked?.type === 'scalar' && locked.value === false),
  };
}

function optionalText(node: SourceNode | undefined, key: string): string | undefined {
  const value = textUnder(node, key)?.value;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(node: SourceNode | undefined, key: string): string[] {
  return textItems(childOf(node, key)).map(({ value }) => String(value));
}

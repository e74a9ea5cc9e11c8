import type { HostSummary } from '../site/analysis.ts';
import type { AdminUser, SiteSettings } from '../site/site-settings.ts';

/** Plain cloud-config in the order in which people like to read it. */
export interface PlainCloudConfig {
  [key: string]: unknown;
}

type NamedHost = Pick<HostSummary, 'name'> & { readonly domain: string | undefined };

/** What every host receives from its own document and from site.yaml. */
export function generatedCloudConfig(host: NamedHost, settings: SiteSettings): PlainCloudConfig {
  return { ...generatedOfHost(host), ...generatedOfSite(settings) };
}

export function generatedOfHost({ name, domain }: NamedHost): PlainCloudConfig {
  return domain === undefined ? { hostname: name } : { hostname: name, fqdn: `${name}.${domain}` };
}

/**
 * Offline by intent: nothing here makes cloud-init 22.4 install a package on an image that has systemd-timesyncd
 * (cc_ntp takes the client that it finds, chrony first).
 */
export function generatedOfSite(settings: SiteSettings): PlainCloudConfig {
  const config: PlainCloudConfig = { prefer_fqdn_over_hostname: false };
  // Only the line of the own name: `true` would replace what the profile bakes into /etc/hosts, at every boot.
  config.manage_etc_hosts = 'localhost';
  if (settings.timezone !== undefined) config.timezone = settings.timezone;
  if (settings.locale !== undefined) config.locale = settings.locale;
  if (settings.keyboard !== undefined) config.keyboard = { layout: settings.keyboard };
  const ntp = generatedNtp(settings);
  if (ntp !== undefined) config.ntp = ntp;
  if (settings.certificates.length > 0) config.ca_certs = { trusted: [...settings.certificates] };
  if (settings.adminUser !== undefined)
    config.users = [generatedAdmin(settings.adminUser, settings.adminKeys)];
  const apt = generatedApt(settings);
  if (apt !== undefined) config.apt = apt;
  const proxyFile = generatedProxyFile(settings);
  if (proxyFile !== undefined) config.write_files = [proxyFile];
  return config;
}

function generatedNtp({ ntp }: SiteSettings): PlainCloudConfig | undefined {
  if (ntp.servers.length + ntp.pools.length === 0) return undefined;
  return {
    enabled: true,
    ...(ntp.servers.length > 0 ? { servers: [...ntp.servers] } : {}),
    ...(ntp.pools.length > 0 ? { pools: [...ntp.pools] } : {}),
  };
}

function generatedAdmin(adminUser: AdminUser, adminKeys: readonly string[]): PlainCloudConfig {
  return {
    name: adminUser.name,
    ...(adminUser.groups.length > 0 ? { groups: adminUser.groups.join(', ') } : {}),
    sudo: adminUser.sudo,
    shell: adminUser.shell,
    lock_passwd: adminUser.lockPassword,
    ...(adminKeys.length > 0 ? { ssh_authorized_keys: [...adminKeys] } : {}),
  };
}

function generatedApt({ proxies }: SiteSettings): PlainCloudConfig | undefined {
  if (proxies.http === undefined && proxies.https === undefined) return undefined;
  return {
    // The image's sources stay: without this an `apt` key makes cloud-init write its own.
    preserve_sources_list: true,
    ...(proxies.http === undefined ? {} : { http_proxy: proxies.http }),
    ...(proxies.https === undefined ? {} : { https_proxy: proxies.https }),
  };
}

/** Login shells read it; services have environments of their own. Both cases, because programs look for either. */
function generatedProxyFile({ proxies }: SiteSettings): PlainCloudConfig | undefined {
  const variables: [string, string][] = [];
  if (proxies.http !== undefined) variables.push(['http_proxy', proxies.http]);
  if (proxies.https !== undefined) variables.push(['https_proxy', proxies.https]);
  if (variables.length === 0) return undefined;
  if (proxies.noProxy.length > 0) variables.push(['no_proxy', proxies.noProxy.join(',')]);
  const lines = variables.flatMap(([name, value]) =>
    [name, name.toUpperCase()].map((each) => `export ${each}=${shellQuoted(value)}\n`),
  );
  return { path: '/etc/profile.d/site-proxy.sh', permissions: '0644', content: lines.join('') };
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

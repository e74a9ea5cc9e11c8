type Plain = Record<string, unknown>;

const sections = ['ethernets', 'bonds', 'bridges', 'vlans'] as const;
/** The kernel's numbers, which cloud-init passes on and we write as words. */
const numbered: Readonly<Record<string, readonly string[]>> = {
  mode: ['balance-rr', 'active-backup', 'balance-xor', 'broadcast', '802.3ad', 'balance-tlb', 'balance-alb'],
};

/** cloud-init 22.4 writes `arp-ip-target` of version 1 under a name that netplan does not know. */
const otherNames: Readonly<Record<string, string>> = {
  'gratuitous-arp': 'gratuitious-arp',
  'arp-ip-target': 'arp-ip-targets',
};

/**
 * What a netplan document means, for comparing two that were written by different programs: interfaces by the name that
 * they get, gateways as routes, numbers and truth in one spelling, nothing that is empty or says the default. Written
 * without our parser, so that it cannot share a mistake with it.
 */
export function normalNetplan(document: unknown): Plain {
  const network = plain(plain(document).network ?? document);
  const names = new Map<string, string>();
  for (const [id, link] of entriesOf(network.ethernets)) names.set(id, String(plain(link)['set-name'] ?? id));
  const nameOf = (id: unknown) => names.get(String(id)) ?? String(id);
  const normal: Plain = {};
  for (const section of sections) {
    for (const [id, link] of entriesOf(network[section]))
      normal[nameOf(id)] = normalLink(section, plain(link), nameOf);
  }
  return normal;
}

function normalLink(section: string, link: Plain, nameOf: (id: unknown) => string): Plain {
  const gateways = ['gateway4', 'gateway6'].flatMap((key) =>
    link[key] === undefined ? [] : [{ to: key === 'gateway4' ? '0.0.0.0/0' : '::/0', via: link[key] }],
  );
  const routes = [...gateways, ...listOf(link.routes)].map((route) => normalRoute(plain(route)));
  const {
    'set-name': _name,
    gateway4: _4,
    gateway6: _6,
    'dhcp4-overrides': over4,
    'dhcp6-overrides': over6,
    ...rest
  } = link;
  return withoutDefaults({
    section,
    ...rest,
    match: link.match === undefined ? undefined : sorted(lowerMac(plain(link.match))),
    macaddress: link.macaddress === undefined ? undefined : String(link.macaddress).toLowerCase(),
    dhcp4: truth(link.dhcp4) || undefined,
    dhcp6: truth(link.dhcp6) || undefined,
    'dhcp4-overrides': over4,
    'dhcp6-overrides': over6,
    optional: truth(link.optional) || undefined,
    wakeonlan: truth(link.wakeonlan) || undefined,
    'link-local': JSON.stringify(link['link-local']) === '["ipv6"]' ? undefined : link['link-local'],
    'accept-ra': link['accept-ra'] === undefined ? undefined : truth(link['accept-ra']),
    // `lifetime: 0` is the same as `lifetime: "0"`.
    addresses: JSON.parse(
      JSON.stringify(listOf(link.addresses)).replaceAll('"lifetime":0', '"lifetime":"0"'),
    ),
    mtu: numberOf(link.mtu),
    'ipv6-mtu': numberOf(link['ipv6-mtu']),
    id: numberOf(link.id),
    link: link.link === undefined ? undefined : nameOf(link.link),
    interfaces: link.interfaces === undefined ? undefined : listOf(link.interfaces).map(nameOf).sort(),
    routes: routes.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    nameservers: withoutDefaults({
      addresses: listOf(plain(link.nameservers).addresses),
      search: listOf(plain(link.nameservers).search),
    }),
    parameters: normalParameters(plain(link.parameters)),
  });
}

function normalRoute(route: Plain): Plain {
  const to = route.to === 'default' ? '0.0.0.0/0' : route.to;
  return sorted({ ...route, to, ...(route.metric === undefined ? {} : { metric: numberOf(route.metric) }) });
}

function normalParameters(parameters: Plain): Plain {
  const normal: Plain = {};
  for (const [key, value] of Object.entries(parameters)) {
    const name = otherNames[key] ?? key;
    const words = numbered[name];
    const number = name === 'mii-monitor-interval' ? millisecondsOf(value) : numberOf(value);
    const written = typeof value === 'object' ? value : (words?.[Number(value)] ?? number);
    normal[name] = name === 'stp' ? truth(value) : written;
  }
  return sorted(normal);
}

function millisecondsOf(value: unknown): unknown {
  const [, number, unit] = /^(\d+)(ms|s)$/.exec(String(value)) ?? [];
  return unit === undefined ? numberOf(value) : Number(number) * (unit === 's' ? 1000 : 1);
}

function lowerMac(match: Plain): Plain {
  return match.macaddress === undefined
    ? match
    : { ...match, macaddress: String(match.macaddress).toLowerCase() };
}

function withoutDefaults(link: Plain): Plain {
  return sorted(
    Object.fromEntries(
      Object.entries(link).filter(([key, value]) => {
        if (value === undefined || value === null) return false;
        return key === 'link-local' || typeof value !== 'object' || Object.keys(value).length > 0;
      }),
    ),
  );
}

function sorted(map: Plain): Plain {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function truth(value: unknown): boolean {
  return ['true', 'yes', 'on', 'y', '1'].includes(String(value).toLowerCase());
}

function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(plain(value));
}

function plain(value: unknown): Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : {};
}

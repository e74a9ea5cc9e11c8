import { describe, expect, test } from 'vitest';
import { analyse, applied, type Texts } from './fixes.test-support.ts';
import { changed, fixesIn, host, mended, site } from './fixes-site.test-support.ts';

describe('what several hosts have', () => {
  test('a MAC address becomes one that nobody has, in quotes', () => {
    const texts = { ...site, 'hosts/wk-2.yaml': host('wk-2', 12).replace('01:12', '01:11') };
    const title = 'Change to 02:00:00:00:00:01 (locally administered)';
    expect(mended(texts, 'hosts/wk-2.yaml', /MAC address/, title)).toContain('eno1: "02:00:00:00:00:01"\n');
  });

  const withoutSecond = Object.fromEntries(
    Object.entries(site).filter(([path]) => path !== 'hosts/wk-2.yaml'),
  );
  const twoLinks = (eno1: string, eno2: string) => ({
    'networks/oam.yaml': `version: 2\nethernets:\n  eno1: ${eno1}\n  eno2: ${eno2}\n`,
  });

  test('a MAC address by which a card is found becomes that of a card of the host', () => {
    const cards = '    eno1: "02:00:00:00:01:11"\n    eno2: "02:00:00:00:01:12"\n';
    const texts = {
      ...withoutSecond,
      'hosts/wk-1.yaml': host('wk-1', 11).replace(/ {4}eno1: .*\n/, cards),
      ...twoLinks(
        '{match: {macaddress: "02:00:00:00:01:11"}, set-name: eno1}',
        '{match: {macaddress: "02:00:00:00:01:11"}, set-name: eno2}',
      ),
    };
    const title = 'Change to 02:00:00:00:01:12 (a card of the host)';
    expect(mended(texts, 'networks/oam.yaml', /matches 02:00:00:00:01:11 already/, title)).toContain(
      'eno2: {match: {macaddress: "02:00:00:00:01:12"}',
    );
  });

  test('no neighbour is offered for an address on two links of a host, which would overlap', () => {
    const texts = {
      ...withoutSecond,
      ...twoLinks('{addresses: [10.20.0.11/24]}', '{addresses: [10.20.0.11/24]}'),
    };
    const titles = fixesIn(texts, 'networks/oam.yaml', /is used on “eno1” already/).map(({ title }) => title);
    expect(titles.filter((title) => title.startsWith('Change to'))).toEqual([]);
  });

  test('an address becomes the next free one of its subnet', () => {
    const texts = {
      ...site,
      'hosts/wk-2.yaml': host('wk-2', 12).replace('10.20.0.12', '10.20.0.11'),
      'hosts/wk-3.yaml': host('wk-3', 23).replace('10.20.0.23', '10.20.0.12'),
      'hosts/wk-4.yaml': host('wk-4', 13),
    };
    // .12 and .13 are hosts, .14 is the name server.
    const title = 'Change to 10.20.0.15 (free in 10.20.0.0/24)';
    expect(mended(texts, 'hosts/wk-2.yaml', /10\.20\.0\.11/, title)).toContain('address: 10.20.0.15\n');
  });

  test('an address at the end of its subnet starts again, and spares network, gateway and broadcast', () => {
    const inline = (name: string, mac: string, address: string) =>
      host(name, 99)
        .replace('02:00:00:00:01:99', mac)
        .replace(
          '  network: {ref: oam}\n',
          `  network:\n    inline: {version: 2, ethernets: {eno1: {addresses: [${address}], gateway4: 10.30.0.1}}}\n`,
        );
    const texts = {
      ...site,
      'hosts/a.yaml': inline('a', '02:00:00:00:02:01', '10.30.0.6/29'),
      'hosts/b.yaml': inline('b', '02:00:00:00:02:02', '10.30.0.6/29'),
    };
    const title = 'Change to 10.30.0.2 (free in 10.30.0.0/29)';
    expect(mended(texts, 'hosts/b.yaml', /10\.30\.0\.6/, title)).toContain('[10.30.0.2/29]');
  });
});

describe('a value that hosts lack', () => {
  const lacking = changed(
    'networks/oam.yaml',
    '((var.address))/24',
    '((var.address))/24\n      - ((var.storage))/24',
  );

  test('is added to the chosen host, or to all of them, different for each', () => {
    const titles = fixesIn(lacking, 'networks/oam.yaml', /has no value/, 'wk-2').map(({ title }) => title);
    expect(titles).toEqual(['Add “storage” to wk-2', 'Add “storage” to all 2 hosts that lack it']);
    const title = 'Add “storage” to all 2 hosts that lack it';
    const fix = fixesIn(lacking, 'networks/oam.yaml', /has no value/, 'wk-2').find(
      (each) => each.title === title,
    );
    const after = applied(lacking, fix);
    expect(after['hosts/wk-1.yaml']).toContain('    address: 10.20.0.11\n    storage: 192.0.2.10\n');
    expect(after['hosts/wk-2.yaml']).toContain('    storage: 192.0.2.11\n');
  });

  test('is added to one where only one lacks it, also where there are no variables yet', () => {
    const texts: Texts = {
      ...lacking,
      'hosts/wk-2.yaml': host('wk-2', 12).replace(
        '  variables:\n',
        '  variables:\n    storage: 10.30.0.12\n',
      ),
      'hosts/wk-1.yaml': host('wk-1', 11).replace(/ {2}variables:\n.*\n/, ''),
    };
    const fixes = fixesIn(texts, 'networks/oam.yaml', /var\.storage/);
    const after = applied(
      texts,
      fixes.find(({ title }) => title === 'Add “storage” to wk-1'),
    );
    expect(after['hosts/wk-1.yaml']).toContain('\n  variables:\n    storage: 10.30.0.13\n');
  });

  test('may be a MAC address', () => {
    const texts = changed(
      'networks/oam.yaml',
      'ethernets:\n',
      'ethernets:\n  eno2: {match: {macaddress: ((mac.eno2))}}\n',
    );
    const title = 'Add “eno2” to all 2 hosts that lack it';
    const fix = fixesIn(texts, 'networks/oam.yaml', /mac\.eno2/).find((each) => each.title === title);
    const after = applied(texts, fix);
    expect(after['hosts/wk-1.yaml']).toContain('01:11"\n    eno2: "02:00:00:00:00:01"\n');
    expect(after['hosts/wk-2.yaml']).toContain('eno2: "02:00:00:00:00:02"\n');
    expect(analyse(after).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a BMC that two hosts have', () => {
  const withBmc = (name: string, number: number, address: string) =>
    host(name, number).replace('  network:', `  bmc:\n    address: ${address} # rack 3\n  network:`);
  const texts = (one: string, other: string): Texts => ({
    ...site,
    'hosts/wk-1.yaml': withBmc('wk-1', 11, one),
    'hosts/wk-2.yaml': withBmc('wk-2', 12, other),
  });
  const proposed = (url: string) => {
    const both = texts(url, url);
    const fix = fixesIn(both, 'hosts/wk-2.yaml', /BMC address/).find(({ title }) =>
      title.startsWith('Change'),
    );
    return { fix, after: applied(both, fix)['hosts/wk-2.yaml'] ?? '' };
  };

  test('gets the next address that nothing in the site has, as a proposal', () => {
    const { fix, after } = proposed('redfish+https://10.20.0.11:8443/redfish/v1/Systems/1');
    expect(fix).toMatchObject({
      title: 'Change to 10.20.0.13 (nothing in the site has it)',
      isPreferred: false,
    });
    expect(after).toContain('    address: redfish+https://10.20.0.13:8443/redfish/v1/Systems/1 # rack 3\n');
  });

  test('keeps the brackets of an address of IPv6', () => {
    expect(proposed('ipmi://[2001:db8::ff]').after).toContain('address: ipmi://[2001:db8::100] # rack 3\n');
  });

  test('gets none where the server has a name', () => {
    expect(proposed('ipmi://bmc.example').fix).toBeUndefined();
  });
});

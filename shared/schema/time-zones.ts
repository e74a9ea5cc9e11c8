/** Zones that lie outside regions or under names that `Intl` resolves to others, as their files are written. */
const furtherZones = ['UTC', 'GMT', 'Etc/UTC', 'Etc/GMT', 'CET', 'EET', 'WET', 'MET', 'EST', 'MST', 'HST'];

/** Names of files in zoneinfo, where upper and lower case differ. Some hundred names; asked for once. */
let listed: ReadonlySet<string> | undefined;

function listedZones(): ReadonlySet<string> {
  listed ??= new Set([...furtherZones, ...Intl.supportedValuesOf('timeZone')]);
  return listed;
}

/** Every zone that can be proposed. */
export function proposedTimeZones(): readonly string[] {
  return [...listedZones()];
}

/** The parts of a name in the IANA database: each starts with a capital, save for words like the `es` of Dar_es_Salaam. */
const asWritten =
  /^[A-Z][A-Za-z0-9]*([_-][A-Za-z]+|[+-]\d+)*(\/[A-Z][A-Za-z0-9]*([_-][A-Za-z]+|[+-]\d+)*){0,2}$/;

/** Whether a name is one of the IANA time zone database, older names (`US/Eastern`) included. */
export function isTimeZone(name: string): boolean {
  if (listedZones().has(name)) return true;
  if (!asWritten.test(name) || likeListed(name) !== undefined) return false;
  try {
    // Throws a RangeError for a name that the database does not have, links included (ECMA-402 section 11.1.2).
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The listed zone that differs in case only: `Intl` takes it, the file system of a host does not. */
function likeListed(name: string): string | undefined {
  const plain = name.toLowerCase();
  for (const zone of listedZones()) if (zone.toLowerCase() === plain) return zone;
  return undefined;
}

/** Zones by how likely they were meant: those of the same region first, then those whose city it is. */
export function timeZonesNear(name: string): readonly string[] {
  const [region = '', city = ''] = name.split('/');
  const zones = [...listedZones()];
  const same = likeListed(name);
  if (same !== undefined) return [same];
  if (city === '') {
    const ofCity = zones.find((zone) => zone.toLowerCase().endsWith(`/${region.toLowerCase()}`));
    return ofCity === undefined ? zones : [ofCity, ...zones];
  }
  const near = zones.filter((zone) => zone.startsWith(`${region}/`));
  return near.length > 0 ? near : zones;
}

import { SiteforgeError } from '#shared/errors.ts';
import { type CpioEntry, writeCpio } from './cpio.ts';

/** What cloud-init's NoCloud source reads, as text. An empty network-config or vendor-data is left out. */
export interface Seed {
  readonly userData: string;
  readonly metaData: string;
  readonly networkConfig: string;
  readonly vendorData: string;
}

export const seedFileNames = ['user-data', 'meta-data', 'network-config', 'vendor-data'] as const;
export type SeedFileName = (typeof seedFileNames)[number];

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** NoCloud takes a folder for a seed only with these two in it, be they empty. */
const required: ReadonlySet<SeedFileName> = new Set<SeedFileName>(['user-data', 'meta-data']);

function filesOf(seed: Seed): Record<SeedFileName, string> {
  return {
    'user-data': seed.userData,
    'meta-data': seed.metaData,
    'network-config': seed.networkConfig,
    'vendor-data': seed.vendorData,
  };
}

/** The uncompressed archive. The modes keep secrets in user-data from other accounts of the running machine. */
export function seedArchive(seed: Seed, directory: string): Uint8Array<ArrayBuffer> {
  const texts = filesOf(seed);
  const files = seedFileNames
    .filter((name) => required.has(name) || texts[name] !== '')
    .map((name): CpioEntry => {
      return { path: `${directory}/${name}`, kind: 'file', mode: 0o600, data: encoder.encode(texts[name]) };
    });
  return writeCpio([{ path: directory, kind: 'directory', mode: 0o700, data: new Uint8Array(0) }, ...files]);
}

/** The seed in an archive's entries; undefined when there is none. Other entries are not looked at. */
export function seedFromEntries(entries: readonly CpioEntry[], directory: string): Seed | undefined {
  const text = (name: SeedFileName): string | undefined => {
    const entry = entries.find((each) => each.kind === 'file' && each.path === `${directory}/${name}`);
    if (entry === undefined) return undefined;
    try {
      return decoder.decode(entry.data);
    } catch (cause) {
      throw new SiteforgeError('seed-unreadable', { message: `The stamped ${name} is not UTF-8.`, cause });
    }
  };
  const [userData, metaData] = [text('user-data'), text('meta-data')];
  if (userData === undefined || metaData === undefined) return undefined;
  return {
    userData,
    metaData,
    networkConfig: text('network-config') ?? '',
    vendorData: text('vendor-data') ?? '',
  };
}

/** The area with the compressed seed at its start and zeros after it, which the kernel skips. Lengths in bytes. */
export function fillSeedArea(compressed: Uint8Array, areaLength: number): Uint8Array<ArrayBuffer> {
  if (compressed.length > areaLength) {
    const over = compressed.length - areaLength;
    throw new SiteforgeError('seed-too-large', {
      message: `The compressed seed has ${compressed.length} bytes, the image's stamp area ${areaLength}: ${over} too many.`,
    });
  }
  const area = new Uint8Array(areaLength);
  area.set(compressed);
  return area;
}

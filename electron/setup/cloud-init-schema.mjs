#!/usr/bin/env node
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './places.mjs';
import { asRoot, findPrivilege } from './privilege.mjs';
import { runCommand } from './run-command.mjs';

/** Names a schema file to use instead of Debian's, for example that of another release of cloud-init. */
export const SCHEMA_VARIABLE = 'SITEFORGE_CLOUD_CONFIG_SCHEMA';

/** Where Debian's package has its Python files, and in them the schema. */
const PYTHON = 'usr/lib/python3/dist-packages';
const SCHEMA = 'cloudinit/config/schemas/schema-cloud-config-v1.json';

/** An installed cloud-init of this or another distribution. */
const INSTALLED = ['/usr/lib/python3/dist-packages', '/usr/lib/python3/site-packages'];

/** A mirror in reach answers in a second; without one apt may try each address it knows. */
const APT_LIMIT_MS = 60_000;

/**
 * @typedef {object} FoundSchema
 * @property {string} file the schema
 * @property {string} origin in words, for people
 * @property {string} [package] the folder in which the whole package lies unpacked
 */

/** @returns {string} the folder that holds one unpacked package for each version */
const packagesFolder = () => join(cacheFolder(), 'cloud-init');

/**
 * The schema as far as it is at hand, without the network.
 *
 * @param {Readonly<Record<string, string | undefined>>} [environment]
 * @returns {FoundSchema | undefined}
 */
export function findSchema(environment = process.env) {
  const version = unpackedVersions().at(-1);
  const folder = version === undefined ? undefined : join(packagesFolder(), version);
  const named = environment[SCHEMA_VARIABLE];
  if (named && isSchema(named)) {
    return { file: named, origin: `${named} (${SCHEMA_VARIABLE})`, package: folder };
  }
  const file = folder === undefined ? undefined : join(folder, PYTHON, SCHEMA);
  if (file !== undefined && isSchema(file)) {
    return { file, origin: `Debian's cloud-init ${version}`, package: folder };
  }
  const installed = INSTALLED.map((base) => join(base, SCHEMA)).find(isSchema);
  return installed === undefined
    ? undefined
    : { file: installed, origin: 'the cloud-init that is installed here' };
}

/**
 * @param {string} file
 * @returns {boolean} whether it is there and holds JSON
 */
function isSchema(file) {
  try {
    return typeof JSON.parse(readFileSync(file, 'utf8')) === 'object';
  } catch {
    return false;
  }
}

/** @returns {string[]} the newest last */
function unpackedVersions() {
  if (!existsSync(packagesFolder())) return [];
  return readdirSync(packagesFolder())
    .filter((name) => existsSync(join(packagesFolder(), name, PYTHON, SCHEMA)))
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

/**
 * A digest of the schema that a build would use now.
 *
 * @returns {string} hexadecimal, or `none`
 */
export function schemaDigest() {
  const found = findSchema();
  return found === undefined ? 'none' : createHash('sha256').update(readFileSync(found.file)).digest('hex');
}

/**
 * Fetches Debian's package into the cache when it, or its present version, is not there. Nothing is installed, and
 * nothing fails: without apt or a mirror the answer is what is at hand, or nothing.
 *
 * @param {(text: string) => void} record takes raw output
 * @returns {Promise<{found: FoundSchema | undefined, fetched: boolean}>}
 */
export async function ensureSchema(record) {
  const named = process.env[SCHEMA_VARIABLE];
  if (named && isSchema(named)) return { found: findSchema(), fetched: false };
  const candidate = await candidateVersion();
  const isThere = candidate === undefined ? unpackedVersions().length > 0 : isUnpacked(candidate);
  if (isThere) return { found: findSchema(), fetched: false };
  let fetched = await fetchPackage(record);
  if (!fetched && (await refreshLists(record))) fetched = await fetchPackage(record);
  return { found: findSchema(), fetched };
}

/** @param {string} version */
const isUnpacked = (version) => unpackedVersions().includes(folderName(version));

/** An epoch has a colon, which no folder should have. @param {string} version */
const folderName = (version) => version.replace(/^\d+:/, '');

/** @returns {Promise<string | undefined>} the version that apt would fetch; undefined where apt knows none */
async function candidateVersion() {
  const environment = { ...process.env, LC_ALL: 'C' };
  const { stdout } = await runCommand(['apt-cache', 'policy', 'cloud-init'], { environment });
  const version = /^ {2}Candidate: (\S+)$/m.exec(stdout)?.[1];
  return version === '(none)' ? undefined : version;
}

/**
 * apt's lists may be empty or older than the mirror. Only as root, and never by asking for a password: this is help
 * for an editor, not worth an interruption.
 *
 * @param {(text: string) => void} record
 */
async function refreshLists(record) {
  const privilege = await findPrivilege();
  if (privilege === undefined || privilege.asks) return false;
  const command = asRoot(privilege, ['apt-get', '-q', 'update'], { DEBIAN_FRONTEND: 'noninteractive' });
  return (await runCommand(command, { onOutput: record, limitMs: APT_LIMIT_MS })).status === 0;
}

/**
 * @param {(text: string) => void} record
 * @returns {Promise<boolean>}
 */
async function fetchPackage(record) {
  mkdirSync(packagesFolder(), { recursive: true });
  const work = mkdtempSync(join(packagesFolder(), '.fetch-'));
  try {
    const options = { cwd: work, onOutput: record, limitMs: APT_LIMIT_MS };
    if ((await runCommand(['apt-get', '-q', 'download', 'cloud-init'], options)).status !== 0) return false;
    const archive = readdirSync(work).find((name) => /^cloud-init_.+\.deb$/.test(name));
    if (archive === undefined) return false;
    const fields = await runCommand(['dpkg-deb', '-f', archive, 'Version'], options);
    const version = folderName(fields.stdout.trim());
    if (!/^[0-9][A-Za-z0-9.+~-]*$/.test(version)) return false;
    if ((await runCommand(['dpkg-deb', '-x', archive, 'package'], options)).status !== 0) return false;
    if (!existsSync(join(work, 'package', PYTHON, SCHEMA))) return false;
    const folder = join(packagesFolder(), version);
    rmSync(folder, { recursive: true, force: true });
    // In one step, so that what is in the cache is whole.
    renameSync(join(work, 'package'), folder);
    return true;
  } catch (error) {
    record(`${error}\n`);
    return false;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** For the person at the terminal, when a build goes on without cloud-init's schema. */
export const WITHOUT_SCHEMA =
  "NOTE: cloud-init's own schema is not at hand: apt could not fetch Debian's package cloud-init, and none is installed.\n" +
  'Cloud-configs are checked against our own description of the common modules only.\n' +
  `With a mirror in reach, build again; or name a schema file in ${SCHEMA_VARIABLE}.\n`;

/** For the person who named a file that cannot be used. */
const NOT_USED = `NOTE: the file that ${SCHEMA_VARIABLE} names is not there or holds no JSON; it is not used.\n`;

/**
 * As a program: prints where the schema and the package are, as JSON, for the configurations of the bundlers.
 * `--offline` only looks.
 */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const known = findSchema();
  const found =
    known ?? (process.argv.includes('--offline') ? undefined : (await ensureSchema(() => {})).found);
  const named = process.env[SCHEMA_VARIABLE];
  if (named && found?.file !== named) process.stderr.write(NOT_USED);
  if (found === undefined) process.stderr.write(WITHOUT_SCHEMA);
  process.stdout.write(JSON.stringify(found ?? null));
}

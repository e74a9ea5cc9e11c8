import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What the build reads: rooms, and by pattern the files beside package.json. */
export const ROOMS = Object.freeze(['electron', 'renderer', 'shared']);
const TOP_FILES = /^(package(-lock)?\.json|tsconfig.*\.json|vite.*\.(ts|mjs|js))$/;

/**
 * Whether a file can change what `npm run build` makes. Tests and their golden files cannot, and neither can the
 * set-up itself.
 *
 * @param {string} path relative to the checkout, with forward slashes
 * @returns {boolean}
 */
export function isBuildInput(path) {
  if (path.startsWith('electron/setup/')) return false;
  return !/(\.test\.[cm]?tsx?$|(^|\/)(golden|node_modules|__snapshots__)\/|\.md$|\.tsbuildinfo$)/.test(path);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

/**
 * One digest over names and contents of all that the build reads.
 *
 * @param {string} checkout
 * @param {readonly string[]} [rooms] only these, where a part is built
 * @returns {string} SHA-256, hexadecimal
 */
export function sourceDigest(checkout, rooms = ROOMS) {
  const top = readdirSync(checkout).filter((name) => TOP_FILES.test(name));
  const inRooms = rooms.flatMap((room) => {
    try {
      return filesBelow(join(checkout, room));
    } catch {
      return [];
    }
  });
  const paths = [...top.map((name) => join(checkout, name)), ...inRooms]
    .map((path) => relative(checkout, path).split(sep).join('/'))
    .filter(isBuildInput)
    .sort();
  const digest = createHash('sha256');
  for (const path of paths) {
    const content = readFileSync(join(checkout, path));
    digest.update(`${path}\0${content.length}\0`).update(content);
  }
  return digest.digest('hex');
}

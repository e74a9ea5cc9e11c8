/** Vite 8 and `require` of ES modules both start with this release; package.json's `engines` says the same. */
export const MINIMUM_NODE = Object.freeze({ major: 20, minor: 19 });

/**
 * @param {string} version as `process.versions.node` gives it
 * @returns {boolean}
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== MINIMUM_NODE.major) return major > MINIMUM_NODE.major;
  return minor >= MINIMUM_NODE.minor;
}

/**
 * Ends the process with what to do when Node is too old. Called before anything else is imported that could
 * stumble over an old Node with a message that nobody understands.
 */
export function requireNode() {
  const version = process.versions.node;
  if (isNodeNewEnough(version)) return;
  const wanted = `${MINIMUM_NODE.major}.${MINIMUM_NODE.minor}`;
  process.stderr.write(
    `Siteforge needs Node ${wanted} or newer; this is Node ${version} (${process.execPath}).\n` +
      'Install a newer Node (any 20.19+, 22 or 24 release will do), open a new terminal and run the same command again.\n',
  );
  process.exit(1);
}

import type { SourceNode } from '../../../source/source-node.ts';
import { positionAt } from '../../../source/source-text.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { renderHostProfile } from '../render-host-profile.ts';
import { unitPath } from '../systemd/systemd.ts';

/** Files of the profile against each other and against those that its sections become. */
export function checkGeneratedFiles({ spec, at, contradiction }: ProfileCheck): void {
  const own = (spec.files ?? []).map(({ path }, index) => ({ path, node: at('files', index, 'path') }));
  const units = (spec.systemd?.units ?? []).map(({ name }, index) => ({
    path: unitPath(name),
    node: at('systemd', 'units', index, 'name'),
  }));
  const generated = new Set(
    renderHostProfile({ ...spec, files: [], systemd: undefined }).files.map(({ path }) => path),
  );
  const seen = new Map<string, SourceNode>();
  for (const { path, node } of [...units, ...own]) {
    const before = seen.get(path);
    if (before !== undefined)
      contradiction(
        node,
        `${path} is written twice, first in line ${positionAt(before.source, before.span.start).line}.`,
      );
    else if (generated.has(path))
      contradiction(node, `${path} is written by another section of this profile too.`);
    seen.set(path, before ?? node);
  }
}

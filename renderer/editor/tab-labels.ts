export interface TabLabel {
  readonly path: string;
  readonly name: string;
  /** The folder, where another tab has the same name: an image is often called as its profile is. */
  readonly folder: string | undefined;
}

export function tabLabels(paths: readonly string[]): readonly TabLabel[] {
  const split = paths.map((path) => {
    const end = path.lastIndexOf('/');
    return { path, name: path.slice(end + 1), folder: path.slice(0, Math.max(end, 0)) };
  });
  return split.map(({ path, name, folder }) => {
    const isAlone = split.filter((other) => other.name === name).length === 1;
    return { path, name, folder: isAlone || folder === '' ? undefined : folder };
  });
}

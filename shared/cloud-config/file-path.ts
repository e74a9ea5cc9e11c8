/** The path that the file system takes it for: `/etc//motd` and `/etc/./motd` are `/etc/motd`. */
export function samePath(path: string): string {
  return path.replace(/\/(\.?\/)+/g, '/');
}

import type { CommandRule } from '../command-rule.ts';

/** What is done once hosts are up. */
export const dayTwoCommands: readonly CommandRule[] = [
  {
    // Not `init`: an ephemeral host makes its own cluster, which lives as long as it does.
    command: /^kubeadm\s+join\b/,
    home: 'day-2',
    message: () =>
      'Joining a cluster is a task of day 2: its token expires, and it is done again after every boot from the medium. Neither image nor seed should carry it.',
    inScript:
      'Joining a cluster is a task of day 2. A script of a profile runs while the image is built, where there is none.',
  },
  {
    command: /^(kubectl(\s+-\S+)*\s+(apply|create|replace)|helm\s+(install|upgrade))\b/,
    home: 'day-2',
    message: () =>
      'Applications are a task of day 2: they are deployed to a cluster that is up, not by each host at its first boot.',
    inScript:
      'Applications are a task of day 2: they are deployed to a cluster that is up. A script of a profile runs while the image is built, where there is none.',
  },
  {
    command:
      /^((docker|podman|nerdctl)\s+(-\S+\s+)*((container\s+)?run|(image\s+)?pull|compose\s+(-\S+\s+)*up|stack\s+deploy)|docker-compose\s+(-\S+\s+)*up|ctr\s+(-\S+\s+([^\s-]\S*\s+)?)*(run|(i|images?)\s+pull)|crictl\s+(-\S+\s+)*pull)\b/,
    home: 'day-2',
    message: () =>
      'Containers are a task of day 2: their images come from a registry once hosts are up, and change without a boot. Runtime and registries stand under “containers” of the host profile.',
    inScript:
      'Containers are a task of day 2. A script of a profile runs while the image is built, where no container runtime runs. Runtime and registries stand under “containers” of this profile.',
  },
];

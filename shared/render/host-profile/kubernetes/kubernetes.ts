import type { HostProfile } from '../../../schema/host-profile.ts';
import { type Contribution, configurationFile, shellScript } from '../contribution.ts';

/** apt_preferences(5): above 1000, so that not even a newer version in the image's base stands in its way. */
const pinPriority = 1001;

/**
 * The version is pinned and the packages are held: a kubelet that is newer than its control plane is not supported
 * (Kubernetes, "Version Skew Policy"). kubeadm's drop-in for the kubelet reads /etc/default/kubelet.
 */
export function renderKubernetes({ kubernetes }: HostProfile['spec']): Contribution {
  if (kubernetes === undefined) return {};
  const { version, cniVersion, kubeletArguments } = kubernetes;
  const packages = [...new Set([...kubernetes.packages, ...(cniVersion === undefined ? [] : [plugins])])];
  // The numbers of these two are their own.
  const versioned = packages.filter((name) => name !== 'cri-tools' && name !== plugins);
  const extra = Object.entries(kubeletArguments).map(([name, value]) => `--${name}=${value}`);
  const wanted: Wanted[] = [
    ...(versioned.length === 0 ? [] : [{ version, packages: versioned }]),
    ...(cniVersion === undefined ? [] : [{ version: cniVersion, packages: [plugins] }]),
  ];
  return {
    packages,
    enable: packages.includes('kubelet') ? ['kubelet.service'] : [],
    files: [
      ...configurationFile('/etc/apt/preferences.d/siteforge-kubernetes.pref', wanted.flatMap(pinOf)),
      ...configurationFile(
        '/etc/default/kubelet',
        extra.length === 0 ? [] : [`KUBELET_EXTRA_ARGS="${extra.join(' ')}"`],
      ),
    ],
    scripts: shellScript('00-siteforge-hold', [
      ...wanted.flatMap(versionCheck),
      ...(packages.length === 0 ? [] : [`apt-mark hold ${packages.join(' ')}`]),
    ]),
  };
}

const plugins = 'kubernetes-cni';

interface Wanted {
  readonly version: string;
  readonly packages: readonly string[];
}

/** A stanza of preferences; the ones behind the first stand after an empty line. */
function pinOf({ version, packages }: Wanted, index: number): string[] {
  const pattern = version.split('.').length === 2 ? `${version}.*` : `${version}-*`;
  return [
    ...(index === 0 ? [] : ['']),
    `Package: ${packages.join(' ')}`,
    `Pin: version ${pattern}`,
    `Pin-Priority: ${pinPriority}`,
  ];
}

/** A pin that no repository fulfils is passed over by apt without a word (apt_preferences(5)): another version comes. */
function versionCheck({ version, packages }: Wanted): string[] {
  return [
    `for package in ${packages.join(' ')}; do`,
    `  found=$(dpkg-query --show --showformat='\${Version}' "$package")`,
    '  case $found in',
    `    ${version}.* | ${version}-*) ;;`,
    '    *)',
    `      echo "$package $found was installed, not ${version}: the repositories of the profile do not have it." >&2`,
    '      exit 1',
    '      ;;',
    '  esac',
    'done',
  ];
}

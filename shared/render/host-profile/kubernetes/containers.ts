import type { HostProfile } from '../../../schema/host-profile.ts';
import { type BakedFile, type Contribution, configurationFile, rootFile } from '../contribution.ts';

type Containers = NonNullable<HostProfile['spec']['containers']>;
type Registry = Containers['registries'][number];
export type Runtime = Exclude<Containers['runtime'], 'none'>;

interface RuntimeFacts {
  readonly packages: readonly string[];
  readonly unit: string;
  readonly configurationPath: string;
  readonly configuration: (containers: Containers) => string;
  readonly registryFiles: (registries: readonly Registry[]) => BakedFile[];
}

/** What images without a registry in their name are pulled from, in every runtime. */
export const defaultRegistry = 'docker.io';

export const runtimes: Readonly<Record<Runtime, RuntimeFacts>> = {
  containerd: {
    packages: ['containerd'],
    unit: 'containerd.service',
    configurationPath: '/etc/containerd/config.toml',
    configuration: () => containerdConfiguration,
    registryFiles: (registries) => registries.flatMap(containerdRegistry),
  },
  docker: {
    packages: ['docker.io'],
    unit: 'docker.service',
    configurationPath: '/etc/docker/daemon.json',
    configuration: dockerConfiguration,
    registryFiles: (registries) => certificates(registries, '/etc/docker/certs.d'),
  },
  'cri-o': {
    packages: ['cri-o'],
    unit: 'crio.service',
    configurationPath: '/etc/crio/crio.conf.d/60-siteforge.conf',
    configuration: () => '[crio.runtime]\ncgroup_manager = "systemd"\n',
    registryFiles: (registries) => [
      ...configurationFile(
        '/etc/containers/registries.conf.d/60-siteforge.conf',
        registries.flatMap(crioRegistry),
      ),
      ...certificates(registries, '/etc/containers/certs.d'),
    ],
  },
};

export function renderContainers({ containers }: HostProfile['spec']): Contribution {
  if (containers === undefined || containers.runtime === 'none') return {};
  const { packages, unit, configurationPath, configuration, registryFiles } = runtimes[containers.runtime];
  return {
    packages,
    enable: [unit],
    files: [
      rootFile(configurationPath, containers.configuration ?? configuration(containers)),
      ...registryFiles(containers.registries),
      ...proxyFile(unit, containers.proxy),
    ],
  };
}

/** systemd starts services with none of the machine's own environment (systemd.exec(5), "Environment"). */
function proxyFile(unit: string, proxy: Containers['proxy']): BakedFile[] {
  const set = (name: string, value: string | undefined) =>
    // systemd.unit(5): % starts a specifier.
    value === undefined || value === '' ? [] : [`Environment="${name}=${value.replaceAll('%', '%%')}"`];
  const lines = [
    ...set('HTTP_PROXY', proxy?.http),
    ...set('HTTPS_PROXY', proxy?.https),
    ...set('NO_PROXY', proxy?.noProxy.join(',')),
  ];
  return configurationFile(
    `/etc/systemd/system/${unit}.d/60-siteforge-proxy.conf`,
    lines.length === 0 ? [] : ['[Service]', ...lines],
  );
}

/**
 * containerd's own defaults but for two: the cgroups are systemd's, as the kubelet's are (Kubernetes, "Container
 * Runtimes"), and registries are described in files of their own (containerd, docs/hosts.md).
 */
const containerdConfiguration = `version = 2

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
  SystemdCgroup = true

[plugins."io.containerd.grpc.v1.cri".registry]
  config_path = "/etc/containerd/certs.d"
`;

/** containerd, docs/hosts.md: hosts are asked in their order, and the registry itself last. */
function containerdRegistry(registry: Registry): BakedFile[] {
  const folder = `/etc/containerd/certs.d/${registry.name}`;
  const own = registry.name === defaultRegistry ? [] : [`https://${registry.name}`];
  const hosts = [...registry.mirrors, ...own].flatMap((url, index) => [
    ...(index === 0 ? [] : ['']),
    `[host."${url}"]`,
    '  capabilities = ["pull", "resolve"]',
    ...(registry.insecure ? ['  skip_verify = true'] : []),
    ...(registry.certificate === undefined ? [] : [`  ca = "${folder}/ca.crt"`]),
  ]);
  return [
    ...configurationFile(`${folder}/hosts.toml`, hosts),
    ...certificates([registry], '/etc/containerd/certs.d'),
  ];
}

function certificates(registries: readonly Registry[], folder: string): BakedFile[] {
  return registries.flatMap(({ name, certificate }) =>
    certificate === undefined ? [] : [rootFile(`${folder}/${name}/ca.crt`, certificate)],
  );
}

/** dockerd(8), "Daemon configuration file". It knows mirrors of its default registry alone. */
function dockerConfiguration({ registries }: Containers): string {
  const mirrors = registries.find(({ name }) => name === defaultRegistry)?.mirrors ?? [];
  const insecure = registries.filter(({ insecure: is }) => is).map(({ name }) => name);
  const settings = {
    'exec-opts': ['native.cgroupdriver=systemd'],
    'log-driver': 'json-file',
    'log-opts': { 'max-size': '100m', 'max-file': '3' },
    ...(mirrors.length === 0 ? {} : { 'registry-mirrors': mirrors }),
    ...(insecure.length === 0 ? {} : { 'insecure-registries': insecure }),
  };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}

/** containers-registries.conf(5), version 2: locations stand without their protocol. */
function crioRegistry({ name, mirrors, insecure }: Registry, index: number): string[] {
  return [
    ...(index === 0 ? [] : ['']),
    '[[registry]]',
    `prefix = "${name}"`,
    `location = "${name}"`,
    ...(insecure ? ['insecure = true'] : []),
    ...mirrors.flatMap((url) => [
      '',
      '[[registry.mirror]]',
      `location = "${url.replace(/^https?:\/\//, '').replace(/\/$/, '')}"`,
      ...(insecure || url.startsWith('http://') ? ['insecure = true'] : []),
    ]),
  ];
}

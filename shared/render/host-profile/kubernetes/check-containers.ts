import { proxyExceptionProblem } from '../../../network/proxy-exceptions.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { removed, replaced, titled } from '../remedy.ts';
import type { runtimes } from './containers.ts';

/** What a runtime is given, and passes over or cannot work with. */
export function checkContainers(check: ProfileCheck): void {
  const { spec, at, value } = check;
  for (const [index, entry] of (spec.containers?.proxy?.noProxy ?? []).entries()) {
    const way = ['containers', 'proxy', 'noProxy', index] as const;
    const problem = proxyExceptionProblem(entry);
    if (problem !== undefined)
      value(at(...way), `“${entry}” is reached through the proxy all the same: ${problem}.`, removed(...way));
  }
  checkControlGroups(check);
  checkPlugins(check);
}

/** The control groups that a configuration chooses: the driver, and the text that says so. */
const drivers: Readonly<
  Record<keyof typeof runtimes, { readonly pattern: RegExp; readonly driver: (value: string) => string }>
> = {
  containerd: {
    pattern: /^\s*SystemdCgroup\s*=\s*(true|false)\b/m,
    driver: (value) => (value === 'true' ? 'systemd' : 'cgroupfs'),
  },
  docker: { pattern: /native\.cgroupdriver=(systemd|cgroupfs)/, driver: (value) => value },
  'cri-o': { pattern: /^\s*cgroup_manager\s*=\s*"(systemd|cgroupfs)"/m, driver: (value) => value },
};

/** Kubernetes, “Configuring a cgroup driver”: kubeadm sets the kubelet up with systemd. */
function checkControlGroups({ spec, at, isRead, contradiction, value }: ProfileCheck): void {
  const { containers, kubernetes } = spec;
  if (containers?.configuration === undefined || containers.runtime === 'none') return;
  if (kubernetes === undefined || !isRead('kubernetes')) return;
  const { pattern, driver } = drivers[containers.runtime];
  const found = pattern.exec(containers.configuration);
  const asked = kubernetes.kubeletArguments['cgroup-driver'];
  const wanted = asked ?? 'systemd';
  if (found === null || driver(found[1] ?? '') === wanted) return;
  const opposite: Readonly<Record<string, string>> = {
    true: 'false',
    false: 'true',
    systemd: 'cgroupfs',
    cgroupfs: 'systemd',
  };
  const [written, word = ''] = found;
  const line = written.trim();
  const mended =
    written.slice(0, written.lastIndexOf(word)) +
    (opposite[word] ?? '') +
    written.slice(written.lastIndexOf(word) + word.length);
  const tell = asked === undefined ? value : contradiction;
  tell(
    at('containers', 'configuration'),
    `${line} chooses the control groups of ${driver(word)}, but the kubelet has ${asked === undefined ? 'those of systemd, unless kubeadm is told otherwise' : `cgroup-driver: ${asked}`}: pods fail or are killed at random.`,
    titled(
      `Change to ${mended.trim()}`,
      replaced(
        containers.configuration.replace(written, () => mended),
        'containers',
        'configuration',
      ),
    ),
  );
}

/** The file that Docker's own package of containerd brings turns off what the kubelet speaks with. */
function checkPlugins({ spec, at, contradiction }: ProfileCheck): void {
  const { containers, kubernetes } = spec;
  if (kubernetes === undefined || containers?.runtime !== 'containerd') return;
  const list = /^\s*disabled_plugins\s*=\s*\[([^\]]*)\]/m.exec(containers.configuration ?? '');
  if (list === null || !/["'](io\.containerd\.grpc\.v1\.)?cri["']/.test(list[1] ?? '')) return;
  contradiction(
    at('containers', 'configuration'),
    'disabled_plugins turns the plugin cri off, with which the kubelet speaks: the node does not start.',
    titled(
      'Turn cri on',
      replaced(
        (containers.configuration ?? '').replace(list[0], (text) =>
          text.replace(/["'](io\.containerd\.grpc\.v1\.)?cri["']\s*,?\s*/, ''),
        ),
        'containers',
        'configuration',
      ),
    ),
  );
}

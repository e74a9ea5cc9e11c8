import type { PathSegment } from '../../../source/source-node.ts';
import type { ProfileCheck } from '../profile-check.ts';
import { type Remedy, replaced, titled } from '../remedy.ts';
import { bareName } from '../systemd/unit-packages.ts';
import { type Runtime, runtimes } from './containers.ts';

/** The text of a runtime's configuration, and where it stands. */
interface Configuration {
  readonly runtime: Runtime;
  readonly text: string;
  readonly way: readonly PathSegment[];
}

/** What a runtime is configured with, against the kubelet that speaks to it. */
export function checkRuntimeConfiguration(check: ProfileCheck): void {
  const { spec, isRead } = check;
  const hasKubelet =
    spec.kubernetes !== undefined ||
    (spec.packages?.install ?? []).some((name) => bareName(name) === 'kubelet');
  if (!hasKubelet || !isRead('kubernetes') || !isRead('containers')) return;
  for (const configuration of configurationsOf(check)) {
    checkControlGroups(check, configuration);
    checkPlugins(check, configuration);
  }
}

/** Written by the section, or as files where no section writes them. */
function configurationsOf({ spec: { containers, files = [] } }: ProfileCheck): Configuration[] {
  const own = containers === undefined || containers.runtime === 'none' ? undefined : containers.runtime;
  const text = own && containers?.configuration;
  const found: Configuration[] =
    own === undefined || text === undefined
      ? []
      : [{ runtime: own, text, way: ['containers', 'configuration'] }];
  for (const [index, { path, content }] of files.entries()) {
    const runtime = (Object.keys(runtimes) as Runtime[]).find(
      (each) => each !== own && runtimes[each].configurationPath === path,
    );
    if (runtime !== undefined) found.push({ runtime, text: content, way: ['files', index, 'content'] });
  }
  return found;
}

/** The control groups that a configuration chooses: the driver, and the text that says so. */
const drivers: Readonly<
  Record<Runtime, { readonly pattern: RegExp; readonly driver: (value: string) => string }>
> = {
  containerd: {
    pattern: /^[ \t]*SystemdCgroup[ \t]*=[ \t]*(true|false)\b/m,
    driver: (value) => (value === 'true' ? 'systemd' : 'cgroupfs'),
  },
  docker: { pattern: /native\.cgroupdriver=(systemd|cgroupfs)/, driver: (value) => value },
  'cri-o': { pattern: /^[ \t]*cgroup_manager[ \t]*=[ \t]*"(systemd|cgroupfs)"/m, driver: (value) => value },
};

/** Kubernetes, “Configuring a cgroup driver”: kubeadm sets the kubelet up with systemd. */
function checkControlGroups(check: ProfileCheck, configuration: Configuration): void {
  const { spec, at, contradiction, value } = check;
  const { runtime, text, way } = configuration;
  const { pattern, driver } = drivers[runtime];
  const found = pattern.exec(text);
  const asked = spec.kubernetes?.kubeletArguments['cgroup-driver'];
  const wanted = asked ?? 'systemd';
  if (found === null) {
    if (runtime === 'containerd' && wanted === 'systemd') checkStandingDriver(check, configuration);
    return;
  }
  if (driver(found[1] ?? '') === wanted) return;
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
    at(...way),
    `${line} chooses the control groups of ${driver(word)}, but the kubelet has ${asked === undefined ? 'those of systemd, unless kubeadm is told otherwise' : `cgroup-driver: ${asked}`}: pods fail or are killed at random.`,
    titled(
      `Change to ${mended.trim()}`,
      replaced(
        text.replace(written, () => mended),
        ...way,
      ),
    ),
  );
}

const runc = '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]';
const runcOptions = '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]';

/** containerd 1.6, docs/cri/config.md: SystemdCgroup is false where nothing sets it. */
function checkStandingDriver({ spec, at, value }: ProfileCheck, { text, way }: Configuration): void {
  // What it takes in from elsewhere may set it, and a file may give the kubelet the other driver.
  if (/^[ \t]*imports[ \t]*=/m.test(text)) return;
  const isOtherwise = (spec.files ?? []).some(({ content }) =>
    /cgroup-?driver["']?\s*[:=]\s*["']?cgroupfs/i.test(content),
  );
  if (isOtherwise) return;
  value(
    at(...way),
    'SystemdCgroup = true is missing: containerd takes the control groups of cgroupfs then, but the kubelet those of systemd, and pods fail or are killed at random.',
    ...withSystemdCgroup(text, way),
  );
}

function withSystemdCgroup(text: string, way: readonly PathSegment[]): Remedy[] {
  const setting = '  SystemdCgroup = true\n';
  if (!/^[ \t]*version[ \t]*=[ \t]*2[ \t]*(#.*)?$/m.test(text)) return [];
  const place = text.indexOf(`${runcOptions}\n`);
  if (place < 0 && text.includes('runtimes.runc')) return [];
  const after = place + runcOptions.length + 1;
  const mended =
    place < 0
      ? `${text.trimEnd()}\n\n${runc}\n  runtime_type = "io.containerd.runc.v2"\n\n${runcOptions}\n${setting}`
      : `${text.slice(0, after)}${setting}${text.slice(after)}`;
  return [titled('Add SystemdCgroup = true', replaced(mended, ...way))];
}

/** The file that Docker's own package of containerd brings turns off what the kubelet speaks with. */
function checkPlugins({ at, contradiction }: ProfileCheck, { runtime, text, way }: Configuration): void {
  const list = /^[ \t]*disabled_plugins[ \t]*=[ \t]*\[([^[\]]*)\]/m.exec(text);
  if (runtime !== 'containerd' || list === null) return;
  if (!/["'](io\.containerd\.grpc\.v1\.)?cri["']/.test(list[1] ?? '')) return;
  contradiction(
    at(...way),
    'disabled_plugins turns the plugin cri off, with which the kubelet speaks: the node does not start.',
    titled(
      'Turn cri on',
      replaced(
        text.replace(list[0], (whole) =>
          whole.replace(/["'](io\.containerd\.grpc\.v1\.)?cri["']\s*,?\s*/, ''),
        ),
        ...way,
      ),
    ),
  );
}

import type { DiagnosticSink, TextFix } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { isTimeZone, timeZonesNear } from '../schema/time-zones.ts';
import { childOf, type MapNode, type ScalarNode, type SourceNode } from '../source/source-node.ts';
import { rangeOf } from '../source/source-text.ts';
import { aptConfigurationFault } from './apt-configuration.ts';
import { checkDataSources } from './check-data-sources.ts';
import { checkDisks } from './check-disks.ts';
import { checkMounts } from './check-mounts.ts';
import { checkPackages } from './check-packages.ts';
import { checkServers } from './check-servers.ts';
import { checkValuesPassedOn } from './check-values-passed-on.ts';
import { insteadOnDebian, notOnDebian } from './modules-elsewhere.ts';
import { quoteFix } from './report-problem.ts';
import { asPython } from './yaml-1-1.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** What neither a schema nor the order of keys tells: whether single settings make sense. */
export function checkSettings(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  for (const { key, value } of root.entries) {
    const name = String(key.value);
    if (name === 'network') reportNetwork(key, sink);
    if (Object.hasOwn(notOnDebian, name) && !isEmpty(value)) {
      const instead = insteadOnDebian[name] === undefined ? '' : ` ${insteadOnDebian[name]}`;
      const message = `“${name}” is for ${notOnDebian[name]}: cloud-init leaves it out on Debian.${instead}`;
      sink.at(key, 'warning', 'cloud-config-ignored', message);
    }
  }
  checkTimeZone(textUnder(root, 'timezone', isOpen), sink);
  checkPasswordLogin(childOf(root, 'ssh_pwauth'), sink, isOpen);
  checkKeptName(childOf(root, 'preserve_hostname'), sink, isOpen);
  const powerState = childOf(root, 'power_state');
  checkTimeout(childOf(powerState, 'timeout'), sink, isOpen);
  checkAddress(textUnder(childOf(root, 'phone_home'), 'url', isOpen), sink);
  checkPackages(root, sink, isOpen);
  checkServers(root, sink, isOpen);
  checkDisks(root, sink, isOpen);
  checkMounts(root, sink, isOpen);
  checkValuesPassedOn(root, sink, isOpen);
  checkAptConfiguration(textUnder(childOf(root, 'apt'), 'conf', isOpen), sink);
  checkDataSources(root, sink, isOpen);
  checkBooleanKeys(root, sink);
}

function isEmpty(node: SourceNode): boolean {
  return node.type === 'scalar' && node.value === null;
}

/** The scalar under a key when cloud-init reads a text there that is known. */
function textUnder(node: SourceNode | undefined, key: string, isOpen: IsOpen): ScalarNode | undefined {
  const value = childOf(node, key);
  const isText = value?.type === 'scalar' && asPython(value).type === 'string' && !isOpen(value);
  return isText ? value : undefined;
}

/** The network is read before user-data is looked at (cloudinit/stages.py, Init._find_networking_config). */
function reportNetwork(key: ScalarNode, sink: DiagnosticSink): void {
  const message =
    'A network in user-data has no effect: cloud-init reads it from network-config only. Put it into a document in networks/ that the host refers to.';
  sink.at(key, 'warning', 'cloud-config-ignored', message);
}

/** distro.set_timezone raises an error when the file of the zone does not exist: the zone stays UTC. */
function checkTimeZone(node: ScalarNode | undefined, sink: DiagnosticSink): void {
  if (node === undefined || node.value === '' || isTimeZone(String(node.value))) return;
  const name = String(node.value);
  const { hint, fixes } = didYouMean(node, name, timeZonesNear(name));
  const message = `There is no time zone “${name}”. It is UTC, or a region and a city, for example Europe/Berlin.${hint}`;
  sink.at(node, 'error', 'cloud-config-type', message, fixes);
}

/** cc_set_passwords.handle_ssh_pwauth logs any other text and leaves the setting alone; numbers have no `lower()`. */
function checkPasswordLogin(node: SourceNode | undefined, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (node?.type !== 'scalar' || isOpen(node)) return;
  const { type, text } = asPython(node);
  if (type === 'boolean' || type === 'null') return;
  if (/^(unchanged|true|yes|on|1|false|no|off|0)$/i.test(text)) return;
  const message = `“ssh_pwauth” must be true or false; cloud-init leaves the setting alone for “${text}”.`;
  sink.at(node, 'error', 'cloud-config-type', message);
}

/** cc_set_hostname and cc_update_hostname end at once (util.get_cfg_option_bool), whatever meta-data says. */
function checkKeptName(node: SourceNode | undefined, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (node?.type !== 'scalar' || isOpen(node)) return;
  if (!/^(true|1|on|yes)$/i.test(asPython(node).text)) return;
  const message =
    'With this cloud-init sets no name: every host keeps the one of the image. Remove it, so that each gets that of its document.';
  sink.at(node, 'warning', 'cloud-config-ignored', message);
}

/** cc_power_state_change.load_power_state: what `float()` does not read makes the module fail. */
function checkTimeout(node: SourceNode | undefined, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (node?.type !== 'scalar' || isOpen(node) || asPython(node).type !== 'string') return;
  if (/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(String(node.value))) return;
  const message =
    '“timeout” must be a number of seconds; with anything else cloud-init does nothing at the end.';
  sink.at(node, 'error', 'cloud-config-type', message);
}

/** cc_apt_configure writes it to /etc/apt/apt.conf.d as it is. */
function checkAptConfiguration(node: ScalarNode | undefined, sink: DiagnosticSink): void {
  const fault = node === undefined ? undefined : aptConfigurationFault(String(node.value));
  if (node === undefined || fault === undefined) return;
  sink.at(node, 'warning', 'cloud-config-type', fault.message, semicolonBehind(node, fault.endedBy));
}

/** Where the text stands once in its document, and in the same signs. */
function semicolonBehind({ source, span }: ScalarNode, text: string | undefined): TextFix[] | undefined {
  const written = source.text.slice(span.start, span.end);
  const at = text === undefined ? -1 : written.indexOf(text);
  if (text === undefined || at < 0 || at !== written.lastIndexOf(text)) return undefined;
  const end = span.start + at + text.length;
  const range = rangeOf(source, { start: end, end });
  return [{ title: 'Add the semicolon', file: source.file, range, newText: ';' }];
}

function checkAddress(node: ScalarNode | undefined, sink: DiagnosticSink): void {
  if (node === undefined || /^https?:\/\/[^\s/]/i.test(String(node.value))) return;
  const message = 'A URL to report to starts with http:// or https:// and names a server.';
  sink.at(node, 'warning', 'cloud-config-type', message);
}

const deepestKeys = 6;

/** PyYAML reads the keys on, off, yes and no as true and false, so nobody finds them under their names. */
function checkBooleanKeys(node: SourceNode, sink: DiagnosticSink, depth = 0): void {
  if (node.type === 'scalar' || depth > deepestKeys) return;
  if (node.type === 'sequence') {
    for (const item of node.items) checkBooleanKeys(item, sink, depth + 1);
    return;
  }
  for (const { key, value } of node.entries) {
    if (typeof key.value === 'string' && key.value.length <= 3 && asPython(key).type === 'boolean')
      reportBooleanKey(key, sink);
    checkBooleanKeys(value, sink, depth + 1);
  }
}

function reportBooleanKey(key: ScalarNode, sink: DiagnosticSink): void {
  const text = String(key.value);
  const message = `cloud-init reads the key ${text} as ${asPython(key).text} (YAML 1.1). Put it in quotes.`;
  sink.at(key, 'warning', 'cloud-config-type', message, quoteFix(key));
}

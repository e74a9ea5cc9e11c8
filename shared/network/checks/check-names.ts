import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { interfaceNameOf, type Located, type NetworkModel, virtualFunctions } from '../model.ts';

/** IFNAMSIZ of the kernel is 16 with the closing zero. */
const longestName = 15;

/** Names of interfaces: well-formed for the kernel, and each used once. */
export function checkNames(model: NetworkModel, sink: DiagnosticSink): void {
  const ids = new Set<string>();
  const names = new Map<string, string>();
  for (const link of model.links) {
    const { id } = link;
    if (ids.has(id.value))
      sink.at(id.node, 'error', 'network-interface-name', `“${id.value}” is defined twice.`);
    ids.add(id.value);
    if (model.format === 'network-config-v2') reportPattern(id, sink);
    const name = interfaceNameOf(link);
    if (name === undefined || link.section === 'nm-devices' || link.section === virtualFunctions) continue;
    const fault = nameFault(name.value);
    if (model.format === 'network-config-v1' && reportAlias(name, model, sink)) continue;
    if (fault !== undefined) sink.at(name.node, 'error', 'network-interface-name', fault);
    reportTakenName(name, id.value, names, sink);
  }
  for (const link of model.links) {
    if (link.setName !== undefined && link.match === undefined) {
      const message =
        'set-name needs “match”, which says which card gets the name; add for example match with macaddress.';
      sink.at(link.setName.node, 'error', 'network-match', message);
    } else if (link.setName !== undefined && link.match?.node.type === 'map') {
      if (link.match.node.entries.length > 0) continue;
      const message =
        'An empty “match” fits every card, and only one can get this name; add for example the macaddress of one.';
      sink.at(link.setName.node, 'warning', 'network-match', message);
    }
  }
}

/** netplan refuses the whole file: its ids are no globs, unlike ifupdown's and the names in `match`. */
function reportPattern({ value, node }: Located<string>, sink: DiagnosticSink): void {
  if (!/[*?[\]]/.test(value)) return;
  const message = `An id is no pattern, and netplan refuses “${value.slice(0, 80)}”. Give the link an id of your own, and the pattern in “match: {name: "${value.slice(0, 80)}"}”.`;
  sink.at(node, 'error', 'network-interface-name', message);
}

function reportTakenName(
  name: Located<string>,
  id: string,
  names: Map<string, string>,
  sink: DiagnosticSink,
): void {
  const other = names.get(name.value);
  if (other !== undefined && other !== id) {
    const message = `Both “${other}” and “${id}” would be called ${name.value}.`;
    sink.at(name.node, 'error', 'network-interface-name', message);
  }
  names.set(name.value, id);
}

/** `eth0:0` is how ifupdown gives a card a second address; clouds write it still. Nothing else knows such a card. */
function reportAlias(
  { value, node }: Located<string>,
  { links }: NetworkModel,
  sink: DiagnosticSink,
): boolean {
  const card = /^([^:]+):\d+$/.exec(value)?.[1];
  if (card === undefined || !links.some(({ id }) => id.value === card)) return false;
  const message = `“${value}” is an alias, which only ifupdown knows: netplan finds no such card, and its addresses are lost. Move its subnets to “${card}”.`;
  sink.at(node, 'warning', 'network-interface-name', message);
  return true;
}

/** Folders of /proc/sys/net/ipv4/conf that stand for no interface (`sysctl_dev_name_is_allowed`). */
const reservedNames: ReadonlySet<string> = new Set(['all', 'default']);

const encoder = new TextEncoder();

/** The rules of the kernel's `dev_valid_name`. */
function nameFault(name: string): string | undefined {
  if (name === '') return 'The interface name is empty.';
  if (name === '.' || name === '..') return `An interface cannot be called “${name}”.`;
  if (/[/:\s]/.test(name))
    return `The interface name “${name.slice(0, 80)}” holds a space, a slash or a colon.`;
  if (reservedNames.has(name))
    return `An interface cannot be called “${name}”: the kernel has settings for ${name} under that name.`;
  // No UTF-16 unit takes more than three bytes.
  if (name.length * 3 <= longestName) return undefined;
  const bytes = encoder.encode(name).length;
  if (bytes <= longestName) return undefined;
  return `The interface name “${name.slice(0, 80)}” has ${bytes} characters; Linux allows ${longestName}.`;
}

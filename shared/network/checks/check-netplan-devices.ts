import type { DiagnosticSink } from '../../diagnostics/diagnostic.ts';
import { childOf } from '../../source/source-node.ts';
import type { NetworkLink, NetworkModel } from '../model.ts';
import { booleanOf, integerOf, textOf } from '../read-value.ts';

/** Renderers and settings that netplan takes of certain devices alone. */
export function checkDevice(link: NetworkLink, model: NetworkModel, sink: DiagnosticSink): void {
  checkFilter(link, sink);
  if (link.kind === 'physical') checkPhysicalFunction(link, model, sink);
  if (link.section === 'nm-devices') checkConnection(link, sink);
}

/** `renderer: sriov` is the filter of a card, and stands at a VLAN only (handle_netdef_renderer of netplan’s parse.c). */
function checkFilter(link: NetworkLink, sink: DiagnosticSink): void {
  const renderer = link.passedThrough.find(({ key }) => key.value === 'renderer')?.value;
  if (renderer === undefined || textOf(renderer) !== 'sriov') return;
  if (link.kind !== 'vlan') {
    const message = 'Only a VLAN can be left to the filter of its card; netplan refuses “sriov” here.';
    sink.at(renderer, 'error', 'value-invalid', message);
  } else if (childOf(link.node, 'renderer') === undefined) {
    const message = 'netplan takes “sriov” at each VLAN alone, where hosts receive it, and refuses it here.';
    sink.at(renderer, 'warning', 'value-invalid', message);
  }
}

/** A card with virtual functions, of which netplan must know (validate_sriov_rules of its validation.c). */
function checkPhysicalFunction({ id, node }: NetworkLink, model: NetworkModel, sink: DiagnosticSink): void {
  const delay = childOf(node, 'delay-virtual-functions-rebind');
  const mode = childOf(node, 'embedded-switch-mode');
  const delays = delay !== undefined && booleanOf(delay) === true;
  if (!delays && mode === undefined) return;
  const hasFunctions =
    integerOf(childOf(node, 'virtual-function-count')) !== undefined ||
    model.links.some(
      ({ kind, node: other }) => kind === 'physical' && textOf(childOf(other, 'link')) === id.value,
    );
  if (hasFunctions) return;
  const hint = 'Add “virtual-function-count”.';
  if (delays && mode === undefined) {
    const message = `“${id.value}” has no virtual functions here, and netplan refuses the file. ${hint}`;
    sink.at(delay, 'error', 'value-invalid', message);
  } else if (mode !== undefined) {
    const message = `“${id.value}” has no virtual functions here, and netplan 0.106, the one of Debian 12, refuses the file. ${hint}`;
    sink.at(mode, 'warning', 'value-invalid', message);
  }
}

/** What NetworkManager itself wrote down; without it netplan does not know what the connection is. */
function checkConnection(link: NetworkLink, sink: DiagnosticSink): void {
  const settings = childOf(childOf(link.node, 'networkmanager'), 'passthrough');
  const type = childOf(settings, 'connection.type') ?? childOf(childOf(settings, 'connection'), 'type');
  if (type === undefined) {
    const message = `“${link.id.value}” does not say what it is, and netplan refuses the file; add “connection.type” under “networkmanager”, “passthrough”.`;
    sink.at(link.id.node, 'error', 'key-missing', message);
    return;
  }
  const renderer = link.passedThrough.find(({ key }) => key.value === 'renderer')?.value;
  if (textOf(renderer) === 'NetworkManager') return;
  const message = `netplan 0.106, the one of Debian 12, ends at “${link.id.value}” without its own “renderer: NetworkManager”.`;
  sink.at(link.id.node, 'warning', 'key-missing', message);
}

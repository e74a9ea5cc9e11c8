import type { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { MapNode, ScalarNode, SourceNode } from '../source/source-node.ts';
import { itemsUnder } from './user-entries.ts';

type IsOpen = (node: ScalarNode) => boolean;

/** cloudinit/sources/DataSource*.py of 22.4.2 and 25.1. */
const names: readonly string[] = [
  ...[
    'Akamai',
    'AliYun',
    'AltCloud',
    'Azure',
    'Bigstep',
    'CloudCIX',
    'CloudSigma',
    'CloudStack',
    'ConfigDrive',
  ],
  ...[
    'DigitalOcean',
    'Ec2',
    'Exoscale',
    'GCE',
    'Hetzner',
    'IBMCloud',
    'LXD',
    'MAAS',
    'NWCS',
    'NoCloud',
    'None',
  ],
  ...['OVF', 'OpenNebula', 'OpenStack', 'Oracle', 'RbxCloud', 'Scaleway', 'SmartOS', 'UpCloud', 'VMware'],
  ...['Vultr', 'WSL'],
];

/** Under these, too, settings of a source are looked for. */
const otherKeys: ReadonlySet<string> = new Set(['Joyent', 'NoCloudNet', 'OpenStackLocal', 'OracleNet']);

/**
 * Where the settings of a host come from is decided before its user-data is read (`Init._get_data_source` of stages.py): here
 * these settings tell cloud-init nothing, beside what is misspelt in them.
 */
export function checkDataSources(root: MapNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  for (const { key, value } of root.entries) {
    const name = String(key.value);
    if (name !== 'datasource_list' && name !== 'datasource') continue;
    const message = `cloud-init has found its data source before it reads user-data: “${name}” has no effect here when a host comes up. It belongs to a file of the profile in /etc/cloud/cloud.cfg.d.`;
    sink.at(key, 'info', 'cloud-config-ignored', message);
    if (name === 'datasource_list') for (const item of itemsUnder(value)) checkListed(item, sink, isOpen);
    else
      for (const { key: source } of value.type === 'map' ? value.entries : []) checkSettingsOf(source, sink);
  }
}

function checkListed(item: SourceNode, sink: DiagnosticSink, isOpen: IsOpen): void {
  if (item.type !== 'scalar' || item.value === null || isOpen(item)) return;
  const text = String(item.value).replace(/^DataSource/, '');
  if (!names.includes(text)) reportUnknown(item, text, sink);
}

function checkSettingsOf(key: ScalarNode, sink: DiagnosticSink): void {
  const text = String(key.value);
  if (!names.includes(text) && !otherKeys.has(text)) reportUnknown(key, text, sink);
}

function reportUnknown(node: ScalarNode, text: string, sink: DiagnosticSink): void {
  const { hint, fixes } = didYouMean(node, text, names);
  const message = `cloud-init has no data source “${text.slice(0, 80)}”.${hint}`;
  sink.at(node, 'warning', 'cloud-config-type', message, fixes);
}

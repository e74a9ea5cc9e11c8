import { showConvertActive } from '../convert/convert-store.ts';
import { showExport } from '../export/export-store.ts';
import { showTable } from '../fleet/table-store.ts';
import { showImport } from '../import/import-store.ts';
import { showSecrets } from '../secrets/secrets-store.ts';
import { changeLayout } from '../state/layout.ts';
import { type Command, shortcut } from './command.ts';

/** The hosts, and what they name. */
export const hostCommands: readonly Command[] = [
  {
    id: 'host.choose',
    title: 'Choose the host…',
    words: 'select switch',
    shortcut: shortcut('h', 'control-shift'),
    needsSite: true,
    run: () => changeLayout({ palette: 'hosts' }),
  },
  {
    id: 'hosts.add-table',
    title: 'Add hosts from a table…',
    words: 'csv spreadsheet paste import fleet many',
    needsSite: true,
    run: showTable,
  },
  {
    id: 'hosts.import',
    title: 'Import hosts from Airship, NMState, netplan or network_data…',
    words: 'baremetalhost bmh kubernetes manifests openstack nmstatectl',
    needsSite: true,
    run: showImport,
  },
  {
    id: 'hosts.export',
    title: 'Export the hosts as a table, Airship, NMState, netplan or network_data…',
    words: 'csv spreadsheet baremetalhost bmh openstack save as',
    needsSite: true,
    run: showExport,
  },
  {
    id: 'network.convert',
    title: 'Convert the network to another format…',
    words: 'v1 v2 version nmstate netplan network_data openstack',
    needsSite: true,
    run: showConvertActive,
  },
  {
    id: 'secrets.show',
    title: 'Secrets…',
    words: 'passwords keys credentials certificates tokens',
    needsSite: true,
    run: () => showSecrets(),
  },
];

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
    shortcut: shortcut('h', 'control-shift'),
    needsSite: true,
    run: () => changeLayout({ palette: 'hosts' }),
  },
  {
    id: 'hosts.add-table',
    title: 'Add hosts from a table…',
    needsSite: true,
    run: showTable,
  },
  {
    id: 'hosts.import',
    title: 'Import hosts from Airship, NMState, netplan or network_data…',
    needsSite: true,
    run: showImport,
  },
  {
    id: 'hosts.export',
    title: 'Export the hosts as a table, Airship, NMState, netplan or network_data…',
    needsSite: true,
    run: showExport,
  },
  {
    id: 'network.convert',
    title: 'Convert the network to another format…',
    needsSite: true,
    run: showConvertActive,
  },
  {
    id: 'secrets.show',
    title: 'Secrets…',
    needsSite: true,
    run: () => showSecrets(),
  },
];

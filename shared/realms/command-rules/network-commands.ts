import type { CommandRule } from '../command-rule.ts';

/** What one host has alone: its name, its links and their addresses. */

const networkTools = [
  'nmcli\\s+(-\\S+\\s+([^\\s-]\\S*\\s+)?)*c(on(nection)?)?\\s+(add|modify|mod|edit)\\s',
  'ifconfig\\s+\\S+\\s+(inet6?\\s+|add\\s+)?[0-9a-f]+[.:]',
  'route\\s+(-\\S+\\s+)*add\\s',
  'netplan\\s+set\\s',
  'networkctl\\s+edit\\b',
];
const inScript =
  'An image is for many hosts, and no link comes up while it is built. Addresses and routes are stamped: they stand in the document of the host and in networks/.';

const name: CommandRule = {
  home: 'host',
  message: () =>
    'Every host with this fragment would get this one name. The name of a host is stamped: it is that of its document.',
  inScript: 'An image is for many hosts. The name of a host is stamped: it is that of its document.',
  byHand: 'the document of each host has its name already. Take the command out',
};

export const networkCommands: readonly CommandRule[] = [
  { ...name, command: /^(hostnamectl\s+(set-hostname|hostname)\s+\S|hostname\s+(?!\d*[<>]|[-|&])\S)/ },
  { ...name, writes: /^\/etc\/hostname$/ },
  {
    command: /^ip\s+(-\S+\s+)*(address|addr|a|route|r)\s+(add|replace)\s/,
    home: 'host',
    message: () =>
      'Addresses and routes are stamped: they stand in the document of the host and in networks/. Set by a command they are gone when the link goes down.',
    inScript,
  },
  {
    // Up and down, and what belongs to virtual functions, has no place in networks/.
    command:
      /^(ip\s+(-\S+\s+)*(link|l)\s+(set\s(?=.*\s(mtu|master|nomaster|address)\s)|add\s(?=.*\stype\s+(vlan|bond|bridge)\b))|ifconfig\s+\S+\s+mtu\s+\d)/,
    home: 'host',
    message: () =>
      'MTU, bonds, bridges and VLANs are stamped: they stand at their links in networks/, where they are checked against each other. Set by a command they are gone at the next boot.',
    inScript:
      'An image is for many hosts, and no link comes up while it is built. MTU, bonds, bridges and VLANs are stamped: they stand in networks/.',
  },
  {
    command: new RegExp(`^(${networkTools.join('|')})`),
    home: 'host',
    message: () =>
      'Addresses and routes are stamped: they stand in the document of the host and in networks/, where they are checked, and every host with this fragment would get the same.',
    inScript,
  },
];

import { verdictOf } from './network-documents.ts';

export const card = '{name: eth0, type: ethernet, state: up';
export const addressed = `${card}, ipv4: {enabled: true, address: [{ip: 192.0.2.10, prefix-length: 24}]}}`;
export const interfaces = (...items: string[]) =>
  `interfaces:\n${items.map((item) => `- ${item}\n`).join('')}`;
export const bond = (options: string, rest = 'port: [eth0, eth1]') =>
  interfaces(
    `{name: bond0, type: bond, state: up, link-aggregation: {mode: active-backup, options: {${options}}, ${rest}}}`,
  );
export const bridge = (inside: string) =>
  interfaces(`{name: br0, type: linux-bridge, state: up, bridge: {${inside}}}`);
export const route = (text: string) => `${interfaces(addressed)}routes:\n  config:\n  - {${text}}\n`;
export const rule = (text: string) => `${interfaces(addressed)}route-rules:\n  config:\n  - {${text}}\n`;
export const resolver = (text: string) => `${interfaces(addressed)}dns-resolver:\n  config: {${text}}\n`;

/** The severity, code and message of each finding. */
export function said(text: string): string[] {
  return verdictOf(text).diagnostics.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

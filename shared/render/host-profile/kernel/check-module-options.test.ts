import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const load = (name: string) => `kernel: {modules: {load: [${name}]}}`;
const options = (module: string, text: string) => `kernel: {modules: {options: {${module}: "${text}"}}}`;

describe('names of modules and their parameters', () => {
  judgeAll([
    [load('overlayfs'), /^warning There is no module overlayfs: it is called overlay\./],
    [load('nf_conntrack_ipv4'), /it is called nf_conntrack\./],
    [load('nf-conntrack')],
    [options('overlayfs', 'metacopy=on'), /it is called overlay/],
    [options('bondign', 'max_bonds=0'), /^warning “bondign” is not known\. Did you mean “bonding”\?/],
    [options('bonding', 'max_bonds'), /^warning The parameter max_bonds needs a value/],
    [options('bonding', 'max_bond=0'), /^warning .* no parameter max_bond, .* Did you mean “max_bonds”\?/],
    [options('bonding', 'max_bonds = 0'), /^warning Parameters are written without blanks around =/],
    [
      options('bonding', 'max_bonds=0, miimon=100'),
      /^warning Parameters have blanks between them and no commas/,
    ],
    [options('bonding', 'options bonding max_bonds=0'), /^warning The words “options” and the module/],
    [options('bonding', 'max_bonds=0 mode=802.3ad arp_ip_target=10.0.0.1,10.0.0.2')],
    [options('vfio-pci', 'ids=8086:1572,8086:154c disable_vga')],
    [options('vfio_pci', 'ids=8086:1572 disable-idle-d3=1')],
    // Linux 6.0 took it away.
    [options('nf_conntrack', 'nf_conntrack_helper=1'), /^warning The module nf_conntrack has no parameter/],
    [options('nf_conntrack', 'hashsize=65536 acct')],
    [options('nf_conntrack', 'dyndbg=+p hashsize=65536')],
    [load('nvmet_tcp, rdma_ucm, ip_vs_mh, ip_vs_dh, nft_nat')],
    [options('mymodule', 'anything goes=here')],
    ['kernel: {modules: {load: [bondign], options: {bondign: a=1}}}', /^warning “bondign” is not known/],
  ]);
});

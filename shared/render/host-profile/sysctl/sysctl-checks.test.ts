import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

describe('sysctl and limits', () => {
  judgeAll([
    [
      'sysctl: {net.bridge.bridge-nf-call-iptables: 1, net.bridge.bridge-nf-call-ip6tables: 1}',
      /^warning net.bridge.bridge-nf-call-iptables exists only while the module br_netfilter/,
    ],
    ['sysctl: {net.bridge.bridge-nf-call-iptables: 1}\nkernel: {modules: {load: [br-netfilter]}}'],
    ['sysctl: {net.netfilter.nf_conntrack_max: 1}', /the module nf_conntrack is loaded/],
    ['sysctl: {net.nf_conntrack_max: 1}\nkernel: {modules: {load: [ip_vs_rr]}}'],
    [
      'limits: [{domain: "*", type: hard, item: nofile, value: 2000000}]',
      /^error 2000000 open files are more than fs.nr_open allows \(1048576\)/,
    ],
    ['limits: [{domain: "*", type: hard, item: nofile, value: 2000000}]\nsysctl: {fs.nr_open: 2000000}'],
    ['limits: [{domain: "*", type: hard, item: nofile, value: unlimited}]'],
  ]);
});

describe('values of sysctl that the kernel refuses', () => {
  judgeAll([
    ['sysctl: {vm.swappiness: 10, kernel.pid_max: 4194304, vm/overcommit_memory: 1, fs.suid_dumpable: 0}'],
    ['sysctl: {vm.swappiness: "10   # tuned"}', /^warning The kernel would get all of “10 {3}# tuned”/],
    ['sysctl: {kernel.core_pattern: "|/bin/false #%p"}'],
    ['sysctl: {net.ipv4.tcp_rmem: "4096 87380 6291456 # bytes"}', /^warning The kernel would get all of/],
    ['sysctl: {kernel.watchdog_thresh: 90}', /takes 0 to 60/],
    ['sysctl: {vm.swappiness: ten}', /^warning vm.swappiness takes numbers: the kernel refuses “ten”/],
    ['sysctl: {kernel.panic: "+5"}', /^warning kernel.panic takes numbers: the kernel refuses “\+5”/],
    ['sysctl: {kernel.timer_migration: 2}', /^warning kernel.timer_migration takes 0 to 1/],
    ['sysctl: {net.ipv4.tcp_retries2: 300}', /^warning net.ipv4.tcp_retries2 takes 0 to 255/],
    ['sysctl: {kernel.numa_balancing: 2, net.core.bpf_jit_enable: 0, net.ipv4.tcp_keepalive_probes: 255}'],
    ['sysctl: {fs/file-max: 1M}', /^warning fs\/file-max takes numbers/],
    [
      'sysctl: {net.core.default_qdisc: fq, kernel.core_pattern: core.%p, kernel.sysrq: "0x10", kernel.printk: "4 4 1 7", net.own.key: word}',
    ],
    [
      'sysctl: {vm.dirty_bytes: 1048576, vm.dirty_ratio: 10}',
      /^warning vm.dirty_ratio and vm.dirty_bytes say one thing in two ways/,
    ],
    ['sysctl: {vm.dirty_background_bytes: 1048576, vm.dirty_background_ratio: 0, vm.dirty_ratio: 10}'],
    ['sysctl: {net.ipv4.tcp_syn_retries: 0}', /takes 1 to 127/],
    ['sysctl: {vm.swappiness: 300}', /^warning vm.swappiness takes 0 to 200: the kernel refuses 300/],
    ['sysctl: {kernel/pid_max: 9999999}', /^warning kernel\/pid_max takes 301 to 4194304/],
    ['sysctl: {vm.overcommit_memory: -1}', /^warning vm.overcommit_memory takes 0 to 2/],
    [
      'sysctl: {net.ipv4.ip_forward: one}',
      /^warning net.ipv4.ip_forward takes numbers: the kernel refuses “one”/,
    ],
    ['sysctl: {net.ipv4.conf.eno1.rp_filter: "1.5"}', /takes numbers: the kernel refuses “1.5”/],
    ['sysctl: {net/ipv6/neigh/eno1.100/gc_thresh1: 1k}', /takes numbers/],
    ['sysctl: {net.ipv4.ip_forward: "yes"}', /^warning A sysctl takes numbers: write 1/],
    ['sysctl: {kernel.sysrq: "0xb0", fs.aio-max-nr: " 65536 ", net.ipv4.conf.all.rp_filter: -1}'],
    ['sysctl: {net.core.default_qdisc: fq, kernel.printk: "3 4 1 3", dev.raid.speed_limit_max: fast}'],
    ['sysctl: {net.ipv4.ip_local_port_range: "1024 65000", net.ipv4.tcp_rmem: "4096\t87380 16777216"}'],
    [
      'sysctl: {net.ipv4.ip_local_port_range: "65000 1024"}',
      /^warning .* is the first port, the last port: 2/,
    ],
    ['sysctl: {net.ipv4.tcp_wmem: 16777216}', /^warning net.ipv4.tcp_wmem is min, default, max: 3 numbers/],
    [
      'sysctl: {net.ipv4.neigh.default.gc_thresh2: 2048, net.ipv4.neigh.default.gc_thresh1: 4096}',
      /^warning .*gc_thresh2 is below net.ipv4.neigh.default.gc_thresh1 \(4096\)/,
    ],
    ['sysctl: {net.ipv4.neigh.default.gc_thresh1: 4096, net.ipv4.neigh.default.gc_thresh3: 16384}'],
  ]);
});

describe('files that set what the section sets', () => {
  const file = (path: string, content: string) =>
    `sysctl: {vm.swappiness: 60, net.ipv4.tcp_rmem: "4096 87380 16777216"}\nfiles: [{path: ${path}, content: "${content}"}]`;
  judgeAll([
    [
      file('/etc/sysctl.d/x.conf', '# quiet\\nvm/swappiness = 1\\n'),
      /^error vm\/swappiness is 1 here and 60 under “sysctl”\. Hosts have that of \/etc\/sysctl\.d\/x\.conf/,
    ],
    [file('/etc/sysctl.d/50-x.conf', '-vm.swappiness=1'), /^error .*Hosts have that of the section/],
    [file('/etc/sysctl.conf', 'vm.swappiness=1'), /^error .*Hosts have that of \/etc\/sysctl\.conf/],
    [
      file(
        '/etc/sysctl.d/x.conf',
        'vm.swappiness=60\\nnet.ipv4.tcp_rmem=4096  87380\\t16777216\\n#vm.swappiness=1',
      ),
    ],
    [file('/etc/sysctl.d/x.txt', 'vm.swappiness=1')],
    [file('/etc/motd.d/x.conf', 'vm.swappiness=1')],
  ]);
});

describe('parameters that are not there', () => {
  const file = (content: string) =>
    `files: [{path: /etc/sysctl.d/90-own.conf, content: ${JSON.stringify(content)}}]`;
  judgeAll([
    [
      'sysctl: {net.ipv4.tcp_tw_recycle: 1}',
      /^warning There is no net\.ipv4\.tcp_tw_recycle: .* since 4\.12/,
    ],
    [
      'sysctl: {kernel.sched_migration_cost_ns: 500000}',
      /^warning There is no .* \/sys\/kernel\/debug\/sched/,
    ],
    [
      'sysctl: {kernel.sched_child_runs_first: 1, kernel.unprivileged_userns_clone: 1, net.ipv4.tcp_low_latency: 1}',
    ],
    [
      'sysctl: {net.core.default_qdisc: fq_codell}',
      /^warning There is no discipline .* Did you mean “fq_codel”\?/,
    ],
    ['sysctl: {net.core.default_qdisc: fq}'],
    ['sysctl: {net.core.default_qdisc: own_discipline}'],
    [
      'sysctl: {vm.dirty_ratio: 5, vm.dirty_background_ratio: 10}',
      /^warning vm\.dirty_background_ratio \(10\) is not below/,
    ],
    ['sysctl: {vm.dirty_ratio: 10, vm.dirty_background_ratio: 5}'],
    [file('net.ipv4.ip_forward 1\n'), /^warning This line is passed over/],
    [file('sysctl -w net.ipv4.ip_forward=1\n'), /^warning This line is passed over/],
    [file('net.ipv4.ip_foward = 1\n'), /Did you mean “net\.ipv4\.ip_forward”\?/],
    [file('net.ipv4.tcp_tw_recycle = 1\n'), /^warning There is no net\.ipv4\.tcp_tw_recycle/],
    [
      file(
        '# a\n; b\n\n-net.ipv4.conf.eth9.rp_filter = 1\n-net.ipv4.conf.eth8.rp_filter\nnet.ipv4.conf.*.rp_filter=1\n',
      ),
    ],
  ]);
});

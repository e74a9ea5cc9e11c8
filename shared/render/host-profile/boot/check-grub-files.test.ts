import { describe } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';

const grub = (content: string, path = '/etc/default/grub.d/50-serial.cfg') =>
  `files: [{path: ${path}, content: ${JSON.stringify(content)}}]\nconsole: {serial: {port: ttyS0}}`;

describe('the speed of GRUB’s menu', () => {
  judgeAll([
    [
      grub('GRUB_SERIAL_COMMAND="serial --unit=0 --speed=9600"\n'),
      /^warning The menu of GRUB is written to ttyS0 with 9600 baud, and the kernel writes there with 115200/,
    ],
    [grub('GRUB_TIMEOUT=1\nGRUB_SERIAL_COMMAND=serial\n', '/etc/default/grub'), /with 9600 baud/],
    [grub('GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"\n')],
    [grub('GRUB_SERIAL_COMMAND="serial --unit=1 --speed=9600"\n')],
    [grub('GRUB_SERIAL_COMMAND="serial --port=0x3e8 --speed=9600"\n')],
    [
      grub('GRUB_CMDLINE_LINUX_DEFAULT=quiet splash\n'),
      /^warning This is shell: splash would be started as a program, .* GRUB_CMDLINE_LINUX_DEFAULT in quotes/,
    ],
    [
      grub(
        'GRUB_CMDLINE_LINUX="quiet splash"\nGRUB_TIMEOUT=5 # s\nGRUB_CMDLINE_LINUX=\'a b\'\nGRUB_DISTRIBUTOR=`lsb_release -i -s 2> /dev/null || echo Debian`\nGRUB_TIMEOUT=1\nGRUB_A=1 GRUB_B=2\nGRUB_A=1; export GRUB_A\nGRUB_A=1 && true\n',
      ),
    ],
    [grub('#GRUB_SERIAL_COMMAND="serial --speed=9600"\n')],
    [grub('GRUB_SERIAL_COMMAND="serial --speed=9600"\n', '/etc/default/other')],
  ]);
});

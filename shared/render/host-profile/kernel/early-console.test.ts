import { describe, expect, test } from 'vitest';
import { judgeAll } from '../judge-specs.test-support.ts';
import { earlyConsoleOf, serialConsoleOf, withBaud } from './early-console.ts';

const argument = (...list: string[]) => `kernel: {arguments: ${JSON.stringify(list)}}`;
const serial = (port: string, baud: number) => `console: {serial: {port: ${port}, baud: ${baud}}}`;

describe('the speed of early messages', () => {
  judgeAll([
    [
      `${argument('earlyprintk=serial,ttyS0,9600')}\n${serial('ttyS0', 115200)}`,
      /^warning earlyprintk=serial,ttyS0,9600 writes to ttyS0 with 9600 baud, and console=ttyS0,115200n8 with 115200: .* Write earlyprintk=serial,ttyS0,115200\./,
    ],
    [
      argument('console=ttyS1,57600n8', 'earlyprintk=ttyS1,115200'),
      /^warning .* Write earlyprintk=serial,ttyS1,57600\./,
    ],
    [
      argument('earlyprintk=serial,keep', 'console=ttyS0,115200'),
      /^warning earlyprintk=serial,keep writes to ttyS0 with 9600 baud.* Write earlyprintk=serial,ttyS0,115200,keep\./,
    ],
    [
      argument('earlycon=uart8250,io,0x3f8,9600n8', 'console=ttyS0,115200n8'),
      /^warning .* Write earlycon=uart8250,io,0x3f8,115200n8\./,
    ],
    [argument('earlyprintk=serial,ttyS0,115200', 'console=ttyS0'), /^warning .* console=ttyS0 with 9600/],
    [argument('earlyprintk=serial,ttyS0,115200')],
    [`${argument('earlyprintk=serial,ttyS1,9600')}\n${serial('ttyS0', 115200)}`],
    [`${argument('earlyprintk=serial,ttyS0,115200,keep')}\n${serial('ttyS0', 115200)}`],
    [`${argument('earlyprintk=vga')}\n${serial('ttyS0', 115200)}`],
    [`${argument('earlyprintk=pciserial,force,00:16.3,9600')}\n${serial('ttyS0', 115200)}`],
    [`${argument('earlyprintk=serial,0x3e8,9600')}\n${serial('ttyS0', 115200)}`],
    [`${argument('earlycon=uart8250,io,0x3f8')}\n${serial('ttyS0', 115200)}`],
    [`${argument('earlycon')}\n${serial('ttyS0', 115200)}`],
  ]);

  test.each([
    ['earlyprintk=serial', 0, 9600],
    ['earlyprintk=serial,ttyS1', 1, 9600],
    ['earlyprintk=serial,1,115200', 1, 115200],
    ['earlyprintk=serial,0x2f8,19200', 1, 19200],
    ['earlyprintk=vga,serial,ttyS0,115200', 0, 115200],
    // The kernel knows two ports at this time, and takes the first for all others.
    ['earlyprintk=serial,ttyS4,115200', 0, 115200],
    ['earlycon=uart,io,0x2f8,115200n8', 1, 115200],
  ])('%s is read as the kernel does', (text, port, baud) => {
    expect(earlyConsoleOf(text)).toEqual({ port, baud });
  });

  test('a console without a speed has 9600 baud', () => {
    expect(serialConsoleOf('console=ttyS0')).toEqual({ port: 0, baud: 9600 });
    expect(serialConsoleOf('console=ttyUSB0,9600')).toBeUndefined();
    expect(withBaud('earlycon=uart,io,0x2f8,9600', { port: 1, baud: 9600 }, 115200)).toBe(
      'earlycon=uart,io,0x2f8,115200',
    );
  });
});

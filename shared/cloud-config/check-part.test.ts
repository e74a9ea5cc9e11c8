import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

/** Findings beside the one that says what the text is. */
function told(text: string): string[] {
  return validateText('user-data/a.yaml', text, { as: 'cloud-config' })
    .filter(({ code, severity }) => code !== 'cloud-config-header' || severity === 'error')
    .map(
      ({ severity, code, range, message }) =>
        `${range.start.line}:${range.start.column} ${severity} ${code} ${message}`,
    );
}

function taken(text: string): string | undefined {
  const [first] = validateText('user-data/a.yaml', text, { as: 'cloud-config' });
  return first?.code === 'cloud-config-header' ? first.message : undefined;
}

test.each([
  ['#!/bin/sh\ntrue\n', 'a script'],
  ['#include\nhttps://a.example/b\n', 'a list of URLs'],
  ['#include-once https://a.example/b\n', 'a list of URLs'],
  ['#cloud-boothook\n#!/bin/sh\ntrue\n', 'a boot hook'],
  ['#part-handler\ndef list_types():\n  pass\ndef handle_part():\n  pass\n', 'a part handler'],
  ['#cloud-config-archive\n[]\n', 'an archive'],
  ['#cloud-config-jsonp\n[]\n', 'a JSON patch'],
  ['## template: jinja\n#cloud-config\n{}\n', 'a Jinja template'],
  ['## Template: Jinja\n#cloud-config\n{}\n', 'a Jinja template'],
  ['MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b--\n', 'a multi-part message'],
  [
    'From nobody Sat Oct  7 12:00:00 2023\nContent-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b--\n',
    'a multi-part message',
  ],
  ['Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b--\n', 'a multi-part message'],
  ['#ignored\nno matter\n', 'a text to ignore'],
])('recognises %j and finds nothing wrong', (text, expected) => {
  expect(taken(text)).toContain(expected);
  expect(told(text)).toEqual([]);
});

test.each(['#cloud_config\na: 1\n', '# cloud-config\nruncmd: [a]\n', 'runcmd: [a]\n', '#clout-config\n{}\n'])(
  'refuses the header of %j',
  (text) => expect(told(text)[0]).toMatch(/^1:1 error cloud-config-header The first line must be/),
);

test('puts the header in the place of one that is nearly right', () => {
  const [finding] = validateText('a.yaml', '#cloud_config\nruncmd: [a]\n', { as: 'cloud-config' });
  expect(finding?.fixes?.[0]).toMatchObject({
    newText: '#cloud-config',
    range: { start: { line: 1, column: 1 }, end: { line: 1, column: 14 } },
  });
});

test.each(['#cloud-config\nruncmd: [a]\n', '#!/bin/sh\ntrue\n', '## template: jinja\n#cloud-config\n{}\n'])(
  'takes the byte order mark away from before %j',
  (text) => {
    const found = validateText('a.yaml', `\uFEFF${text}`, { as: 'cloud-config' });
    const [fix] = found.find(({ code }) => code === 'document-encoding')?.fixes ?? [];
    const start = { line: 1, column: 1 };
    expect(fix).toMatchObject({ range: { start, end: { line: 1, column: 2 } }, newText: '' });
  },
);

test.each([
  ['#!bin/sh\n', '1:1 warning cloud-config-part After #! stands the absolute path'],
  ['#!/bin/sh\r\ntrue\r\n', '1:1 warning cloud-config-part The lines end with CR and LF'],
  ['#include\nhtp:/a\n', '2:1 warning cloud-config-part “htp:/a” is no URL.'],
  ['#include\n# nothing\n', '1:1 warning cloud-config-part There is no URL'],
  [
    '#part-handler\ndef list_types():\n  pass\n',
    '1:1 warning cloud-config-part A part handler defines the function handle_part()',
  ],
  ['#cloud-config-jsonp\n{"op": "add"}\n', '2:1 error cloud-config-part A JSON patch is a list'],
  ['#cloud-config-jsonp\n[{"op": "ad", "path": "/a"}]\n', '2:2 error cloud-config-part “op” is one of'],
  [
    '#cloud-config-jsonp\n[{"op": "add", "path": "a"}]\n',
    '2:2 error cloud-config-part “path” is a JSON pointer',
  ],
  ['#cloud-config-jsonp\n[{"op": "add", "path": "/a"}]\n', '2:2 error cloud-config-part “value” is missing'],
  ['#cloud-config-jsonp\n[{op: add}]\n', '1:1 error cloud-config-part What follows the header is no JSON'],
  [
    '#cloud-config-archive\ntype: text/cloud-config\n',
    '2:1 error cloud-config-part An archive is a list of parts',
  ],
  ['#cloud-config-archive\n- 5\n', '2:3 error cloud-config-part A part is a text'],
  [
    '#cloud-config-archive\n- type: text/cloud-confg\n  content: a\n',
    '2:9 warning cloud-config-part cloud-init knows no parts of the type “text/cloud-confg” unless a part handler takes them. Did you mean “text/cloud-config”?',
  ],
  [
    '#cloud-config-archive\n- type: cloud-config\n  content: a\n',
    '2:9 error cloud-config-part A type is written as text/cloud-config.',
  ],
  ['#cloud-config-archive\n- |\n  echo a\n', '3:3 warning cloud-config-part cloud-init ignores this part'],
  [
    '#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    a: b\n    runcmd: reboot\n',
    '4:5 warning key-unknown',
  ],
  [
    '#cloud-config-archive\n- |\n  #cloud-config\n  runcmd: reboot\n',
    '4:11 error cloud-config-type “runcmd” must be a list',
  ],
  [
    'Content-Type: multipart/mixed; boundary=b\n\n--b--\n',
    '1:1 error cloud-config-part “MIME-Version: 1.0” is missing',
  ],
  [
    'MIME-Version: 1.0\nContent-Type: multipart/mixed\n\n--b--\n',
    '1:1 error cloud-config-part “Content-Type” names no boundary',
  ],
  [
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--c--\n',
    '1:1 error cloud-config-part No line says --b',
  ],
])('tells of %j', (text, expected) => expect(told(text)[0]?.slice(0, expected.length)).toBe(expected));

const message = (...parts: string[]) =>
  `MIME-Version: 1.0\nContent-Type: multipart/mixed;\n boundary="==b=="\n\n${parts.map((part) => `--==b==\n${part}`).join('')}--==b==--\n`;

test('checks the parts of a message at their own lines', () => {
  const text = message(
    'Content-Type: text/cloud-config; charset="us-ascii"\nMIME-Version: 1.0\n\nruncmd: reboot\n',
    'Content-Type: text/plain\n\n#cloud-config\ntimezone: Europe/Berln\n',
    'Content-Type: text/x-shellscrip\n\n#!/bin/sh\n',
    'Content-Type: text/plain\n\nhello\n',
    'Content-Type: text/cloud-config\nContent-Transfer-Encoding: base64\n\nI2Nsb3VkLWNvbmZpZwo=\n',
  );
  expect(told(text).map((each) => each.slice(0, 60))).toEqual([
    expect.stringMatching(/^9:9 error cloud-config-type “runcmd” must be a list/),
    expect.stringMatching(/^14:11 error cloud-config-type There is no time zone/),
    expect.stringMatching(/^16:1 warning cloud-config-part cloud-init knows no parts of/),
    expect.stringMatching(/^22:1 warning cloud-config-part cloud-init ignores this part/),
  ]);
});

test.each([
  ['base64', Buffer.from('#cloud-config\nruncmd: {1: 2}\n').toString('base64').replace(/.{20}/g, '$&\n')],
  ['quoted-printable', '#cloud-config\nruncmd: =\n{1:=202}\n'],
  ['Base64', Buffer.from('#cloud-config\n# ä\n{runcmd: reboot}\n').toString('base64')],
])('checks a part that is encoded in %s, and says in which line of it a finding is', (encoding, body) => {
  const head = `Content-Type: text/cloud-config\nContent-Transfer-Encoding: ${encoding}`;
  expect(told(message(`${head}\n\n${body}\n`))).toEqual([
    expect.stringMatching(
      /^9:1 error cloud-config-type In line [23] of what is encoded here: “runcmd” must be a list/,
    ),
  ]);
});

test.each([
  ['base64', '*'],
  ['x-uuencode', 'a'],
])('says that a part in %s cannot be decoded', (encoding, body) => {
  const head = `Content-Type: text/cloud-config\nContent-Transfer-Encoding: ${encoding}`;
  expect(told(message(`${head}\n\n${body}\n`))).toEqual([
    expect.stringMatching(/^9:1 warning cloud-config-part This part is said to be in/),
  ]);
});

test('tells of a message that was cut short', () => {
  const text = message('Content-Type: text/x-shellscript\n\n#!/bin/sh\n').replace('--==b==--\n', '');
  expect(told(text)).toEqual([expect.stringMatching(/^5:1 warning cloud-config-part The last line/)]);
});

const template = (body: string) => `## template: jinja\n#cloud-config\n${body}`;

test.each([
  ['hostname: {{ v1.local_hostname }\n', '3:11 error cloud-config-template This {{ is not closed with }}.'],
  [
    '{% if v1.region %}\nruncmd: [a]\n',
    '3:1 error cloud-config-template This {% if %} is not closed with {% endif %}.',
  ],
  [
    'runcmd: [a]\n{% endif %}\n',
    '4:1 error cloud-config-template Nothing is open that {% endif %} could close.',
  ],
  [
    '{% for a in b %}\n{% endif %}\n{% endfor %}\n',
    '4:1 error cloud-config-template {% endif %} stands where {% for %} is still open.',
  ],
  ['{% else %}\n', '3:1 error cloud-config-template {% else %} stands outside of {% if %}.'],
  ['{% iff a %}\n', '3:1 error cloud-config-template Jinja knows no statement “iff”.'],
  ['hostname: {{ }}\n', '3:11 error cloud-config-template There is nothing between {{ and }}.'],
  [
    'hostname: {{ v1.local_hostnam }}\n',
    '3:14 warning cloud-config-template There is no “v1.local_hostnam” in cloud-init. Did you mean “local_hostname”?',
  ],
  [
    'hostname: {{ v1.local-hostname }}\n',
    '3:14 warning cloud-config-template Jinja takes the hyphen for a minus. Write v1.local_hostname.',
  ],
  [
    'hostname: {{ name }}\n',
    '3:14 warning cloud-config-template There is no variable “name” in a template of cloud-init.',
  ],
  [
    'runcmd: reboot {{ v1.region }}\nwrite_files: [{content: a}]\n',
    '4:16 warning key-missing “path” is missing',
  ],
  [
    '{% if v1.region %}\nruncmd: reboot\n{% endif %}\n',
    '4:9 error cloud-config-type “runcmd” must be a list',
  ],
])('finds in a template %j', (body, expected) => {
  expect(told(template(body))[0]?.slice(0, expected.length)).toBe(expected);
});

test.each([
  'hostname: {{ v1.local_hostname }}\n',
  'hostname: "{{ ds.meta_data.name }}-{{ region }}"\nruncmd: {{ ds.commands }}\n',
  '{% if v1.distro == "debian" %}\nruncmd: [a]\n{% else %}\nruncmd: [b]\n{% endif %}\n',
  '{% for key in ds.keys %}\n{% if loop.first %}ssh_authorized_keys:{% endif %}\n- {{ key }}\n{% endfor %}\n',
  '{% set a = "}}" %}{# {{ not this #}\nhostname: {{ a }}\n',
  '{% raw %}\nruncmd: ["{{ x"]\n{% endraw %}\n',
  'write_files:\n- path: /a\n  permissions: {{ ds.mode }}\n  content: |\n    {%- if v1.region %}\n    a\n    {%- endif %}\n',
])('accepts the template %j', (body) => expect(told(template(body))).toEqual([]));

test('asks for the header after the line of the template', () => {
  expect(told('## template: jinja\nruncmd: [a]\n')).toEqual([
    expect.stringMatching(/^1:1 error cloud-config-header After the line of the template/),
  ]);
});

test('answers to every text within its bounds, and soon', () => {
  const token = fc.constantFrom(
    ...[
      '## template: jinja\n',
      '#cloud-config\n',
      '#cloud-config-archive\n',
      '#cloud-config-jsonp\n',
      '#include\n',
    ],
    ...[
      'MIME-Version: 1.0\n',
      'Content-Type: multipart/mixed; boundary=b\n',
      '--b\n',
      '--b--',
      '\n',
      '\r\n',
      '\r',
    ],
    ...[
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      ' if x ',
      ' endif ',
      ' raw ',
      '"',
      "'",
      '\\',
      '- |\n',
      '  ',
      'content: ',
    ],
    ...[
      'runcmd:',
      'users:',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ': ',
      'name',
      '12:30',
      '0644',
      'yes',
      '~',
      '*a',
      '&a ',
      '\u029D',
    ],
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 60 }), (tokens) => {
      const text = tokens.join('');
      const lines = text.split(/\r\n|\r|\n/);
      const start = performance.now();
      for (const { range } of validateText('a.yaml', text, { as: 'cloud-config' })) {
        expect(range.start.line).toBeGreaterThanOrEqual(1);
        expect(range.end.line).toBeLessThanOrEqual(lines.length);
        // The parser counts the CR of a line end to its line.
        expect(range.end.column).toBeLessThanOrEqual((lines[range.end.line - 1]?.length ?? 0) + 2);
        expect(range.start.line * 1e6 + range.start.column).toBeLessThanOrEqual(
          range.end.line * 1e6 + range.end.column,
        );
      }
      expect(performance.now() - start).toBeLessThan(2000);
    }),
    { numRuns: 2000 },
  );
}, 60_000);

test.each([
  ['marks that are never closed', `## template: jinja\n#cloud-config\n${'{{ '.repeat(200_000)}`],
  ['comments that are never closed', `## template: jinja\n#cloud-config\n${'{#'.repeat(200_000)}`],
  ['quotes that are never closed', `## template: jinja\n#cloud-config\n${'{{ "'.repeat(100_000)}`],
  [
    'a message of empty parts',
    `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(200_000)}`,
  ],
  ['an archive of many parts', `#cloud-config-archive\n${'- "a"\n'.repeat(50_000)}`],
  ['a list of many URLs', `#include\n${'x\n'.repeat(50_000)}`],
])('answers to %s in time', (_what, text) => {
  const start = performance.now();
  validateText('a.yaml', text, { as: 'cloud-config' });
  expect(performance.now() - start).toBeLessThan(5000);
});

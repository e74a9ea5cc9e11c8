import { expect, test } from 'vitest';
import { validateText } from '../site/validate-text.ts';

const link = '"id": "a", "type": "phy", "name": "eth0"';

function told(text: string, path = 'networks/a.json') {
  return validateText(path, text).map(
    ({ range, severity, message, fixes }) =>
      `${range.start.line}:${range.start.column} ${severity} ${message.split(':')[0]}${fixes === undefined ? '' : ` (${fixes[0]?.title})`}`,
  );
}

test.each([
  ['plain JSON', `{"links": [{${link}}], "networks": []}`],
  ['tabs and line ends of Windows', `{\r\n\t"links":\t[{${link}}]\r\n}\r\n`],
  ['marks inside of texts', '{"links": [{"id": "a#\'//", "type": "phy", "name": "e,]"}]}'],
  ['values of hosts', '{"links": [{"id": "a", "type": "phy", "name": "eth0", "mtu": ((var.mtu)),}]}'],
])('takes %s', (_what, text) => {
  expect(told(text)).toEqual([]);
});

test.each([
  ['a comment', `{\n# cards\n"links": [{${link}}]}`, '2:1 warning JSON has no comments'],
  ['a comment at the start', `# cards\n{"links": [{${link}}]}`, '1:1 warning JSON has no comments'],
  ['single quotes', `{'links': [{${link}}]}`, '1:2 warning JSON has texts in double quotes only'],
  [
    'a bare key',
    `{"links": [{id: "a", "type": "phy", "name": "eth0"}]}`,
    '1:13 warning In JSON “id” needs double quotes',
  ],
  [
    'a bare value',
    `{"links": [{"id": a, "type": "phy", "name": "eth0"}]}`,
    '1:19 warning In JSON “a” needs double quotes',
  ],
  [
    'a comma too many',
    `{"links": [{${link}},]}`,
    '1:54 warning JSON has no comma behind the last item (Remove the comma)',
  ],
  [
    'a byte order mark',
    `\uFEFF{"links": [{${link}}]}`,
    '1:1 warning A byte order mark stands before the JSON (Remove the byte order mark)',
  ],
  ['an anchor', `{"links": [&a {${link}}]}`, '1:12 warning JSON has no “&” here'],
  ['YAML in a file for JSON', 'links:\n- {id: a, type: phy, name: eth0}\n', '1:1 warning This is no JSON'],
])('warns once of %s', (_what, text, expected) => {
  expect(told(text)).toEqual([expected]);
});

test.each([
  ['to the end of the line', `{"links": [{${link}}], // cards\n"networks": []}`, 57],
  ['before a key on the next line', `{"links": [{${link}}],"services": [], // cards\n"networks": []}`, 72],
  ['in asterisks', `{/* cards */"links": [{${link}}], "networks": []}`, 2],
])('refuses a comment %s, which swallows what follows', (_what, text, column) => {
  expect(told(text)).toEqual([
    `1:${column} error JSON has no comments, and this one is read as a part of what stands beside it. Remove it. (Remove the comment)`,
  ]);
  const [first] = validateText('networks/a.json', text);
  const [fix] = first?.fixes ?? [];
  const lines = text.split('\n');
  const line = lines[0] ?? '';
  lines[0] = line.slice(0, (fix?.range.start.column ?? 0) - 1) + line.slice((fix?.range.end.column ?? 0) - 1);
  expect(told(lines.join('\n'))).toEqual([]);
});

test('takes YAML in a file for YAML', () => {
  expect(told('# cards\nlinks:\n- {id: a, type: phy, name: eth0}\n', 'networks/a.yaml')).toEqual([]);
});

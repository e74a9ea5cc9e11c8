import { expect, test } from 'vitest';
import { analyse } from '../assist/fixes/fixes.test-support.ts';
import { commandRules } from './command-rules.ts';
import { fileRules } from './profile-file-rules.ts';
import type { Command } from './shell-commands.ts';
import { userData } from './testing/edge-site.ts';

/** Any command: what is said of it beside its own words is the same for all. */
const command: Command = {
  text: 'x',
  words: ['x'],
  isAlternative: false,
  isConditional: false,
  hasVariables: false,
  isFilledIn: false,
  paths: ['/etc/x'],
  comments: [],
};

const rules = [
  ...commandRules.map(({ command: text, writes, message, inScript, byHand }) => ({
    name: String(text ?? writes),
    messages: [message?.('runcmd', command), inScript],
    byHand,
  })),
  ...fileRules.map(({ path, message, byHand }) => ({ name: String(path), messages: [message], byHand })),
].map((rule) => ({ ...rule, messages: rule.messages.filter((each) => each !== undefined && each !== '') }));

/** Half a sentence that says why, and what to do as another. */
const reasonThenAdvice =
  /^(?!(write|take|leave|keep|put|fetch|give|mend|make|call|remove)\b)[^.]*([.]\S[^.]*)*\. [A-Z“].*[^.]$/;
const realms =
  /host profile|this profile|the image\b|an image\b|stamped|site\.yaml|day 2|document of the host|its document/i;

test.each(rules)('a note names the realm: $name', ({ messages }) => {
  for (const message of messages) expect(message).toMatch(realms);
});

test.each(rules.filter(({ byHand }) => byHand !== undefined))(
  'what no fix moves has a reason before advice: $name',
  ({ byHand }) => expect(byHand).toMatch(reasonThenAdvice),
);

test.each([
  ['apt: {sources: {k: {key: x}}}'],
  ['apt: {sources: {k: {source: "ppa:a/b"}}}'],
  ['apt: {sources: {k: {source: "deb http://p.example/k /", key: x}}}'],
  ['apt: {sources: {k: {source: "deb http://((var.address))/k /"}}}'],
  ['apt: {sources: {k: {source: "deb [trusted=yes] http://p.example/k /"}}}'],
  ['apt: {sources: {k: {source: "deb http://p.example/k /", conf: x}}}'],
  ['packages: [jq, [snap, "x y"]]'],
  ['package_upgrade: true'],
  ['write_files: [{path: /srv/a.yaml, content: "apiVersion: v1\\nkind: Service"}]'],
  ['write_files: [{path: /etc/netplan/60-x.yaml, content: x}]'],
  ['runcmd: [A=b modprobe overlay]'],
  ['runcmd: [A=b timedatectl set-timezone UTC]'],
  ['runcmd: [kubectl apply -f x]'],
])('what no fix moves has a reason before advice: %s', (text) => {
  const [note] = analyse(userData(text)).diagnostics.filter(({ code }) => code === 'realm-other');
  const [, said = ''] = / No fix moves it: (.*)\.$/.exec(note?.message ?? '') ?? [];
  expect(said).toMatch(reasonThenAdvice);
});

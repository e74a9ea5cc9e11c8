import { expect, test } from 'vitest';
import { verdictOf } from '../testing/network-documents.ts';

/** A document of version 2 around what a test is about; the body starts in line 2. */
export function v2(body: string): string {
  return `version: 2\n${body}`;
}

export const twoCards = `ethernets:
  eth0: {}
  eth1: {}
`;

interface Case {
  readonly name: string;
  readonly text: string;
  /** `line:column severity code` of each finding, in the order of the text. */
  readonly finds: readonly string[];
  readonly says?: RegExp;
}

export function checkCases(cases: readonly Case[]): void {
  test.each(cases)('$name', ({ text, finds, says }) => {
    const { findings, diagnostics } = verdictOf(text);
    expect(findings).toEqual(finds);
    const messages = diagnostics.map(({ message }) => message).join('\n');
    if (says !== undefined) expect(messages).toMatch(says);
  });
}

import { describe, expect, test } from 'vitest';
import { readDocument } from './document.ts';

function findings(spec: string): string[] {
  const head = 'apiVersion: siteforge/v1\nkind: Image\nmetadata: {name: edge}\nspec:\n  profile: p\n';
  const text = `${head}  outputs: [{format: iso}]\n${spec.replace(/^(?=.)/gm, '  ')}`;
  return readDocument('images/edge.yaml', text, 'image').diagnostics.map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  );
}

describe('an image', () => {
  test.each([
    ['a stamp area that is too small', 'stampArea: 1KiB\n', /^error value-range: The stamp area must be/],
    ['a stamp area that is too large', 'stampArea: 1GiB\n', /^error value-range: The stamp area must be/],
    ['a limit that no image keeps', 'sizeLimit: 9MiB\n', /^warning value-range: No image is that small/],
    [
      'a variable that the builder sets',
      'environment: {DIB_RELEASE: sid}\n',
      /^error value-invalid: DIB_RELEASE is set from release/,
    ],
    [
      'a variable that no element reads',
      'environment: {DIB_RELEASES: sid}\n',
      /^warning value-invalid: No element reads DIB_RELEASES\. DIB_RELEASE is set from release/,
    ],
  ])('has %s', (_name, spec, expected) => {
    expect(findings(spec)).toEqual([expect.stringMatching(expected)]);
    const beside = findings(`${spec}architecture: amd46\n`);
    expect(beside).toHaveLength(2);
    expect(beside).toContainEqual(expect.stringMatching(expected));
  });

  test('may have any size from the least on, and variables of its elements', () => {
    expect(findings('stampArea: 4KiB\nsizeLimit: 300MiB\nenvironment: {DIB_DEBUG_TRACE: 1}\n')).toEqual([]);
    expect(findings('stampArea: 256MiB\n')).toEqual([]);
  });
});

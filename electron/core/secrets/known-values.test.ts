import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { forgetValues, redacted, redactedData, rememberValue } from './known-values.ts';

afterEach(forgetValues);

test('nothing that is known of four characters or more is left in any text', () => {
  const value = fc
    .string({ minLength: 4, maxLength: 30 })
    .filter((text) => !text.includes('•') && text.trim().length > 3);
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), fc.string(), (values, between) => {
      forgetValues();
      for (const [index, each] of values.entries()) rememberValue(`s${index}`, each);
      const text = redacted(values.join(between));
      // A value may arise anew only out of the masks themselves.
      for (const each of values) if (!/^[s\d()]*$/.test(each)) expect(text.includes(each)).toBe(false);
    }),
  );
});

test('a key is found line by line, indented and escaped; the frame of PEM is left', () => {
  const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj';
  const pem = `-----BEGIN PRIVATE KEY-----\n${line}\n-----END PRIVATE KEY-----\n`;
  rememberValue('node-key', pem);
  expect(redacted(`    ${line}`)).toBe('    ••••••(node-key)');
  expect(redacted(JSON.stringify({ pem }))).toBe('{"pem":"••••••(node-key)"}');
  expect(redacted('-----BEGIN PRIVATE KEY-----')).toBe('-----BEGIN PRIVATE KEY-----');
});

test('the longest value is replaced first, short ones never', () => {
  rememberValue('a', 'pass');
  rememberValue('b', 'password');
  rememberValue('c', 'is');
  expect(redacted('this password')).toBe('this ••••••(b)');
});

test('plain data is redacted in keys and values, and is the same object when nothing is known', () => {
  const data = { list: ['x canary y', 1, null], canary: true };
  expect(redactedData(data)).toBe(data);
  rememberValue('a', 'canary');
  expect(redactedData(data)).toEqual({ list: ['x ••••••(a) y', 1, null], '••••••(a)': true });
});

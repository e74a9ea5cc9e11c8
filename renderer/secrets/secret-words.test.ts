import { expect, test } from 'vitest';
import { whereaboutsOf } from './secret-words.ts';

test('tells where the value of a secret lies, and whether it has one', () => {
  const list = {
    secrets: [
      { name: 'bmc-rack-1.yaml', where: 'folder', changed: 0 },
      { name: 'join-token', where: 'key-store', changed: 0 },
    ],
  } as const;
  expect(whereaboutsOf('bmc-rack-1', { secrets: [...list.secrets] })).toContain('secrets/bmc-rack-1.yaml');
  expect(whereaboutsOf('join-token', { secrets: [...list.secrets] })).toContain(
    'the key store of this account',
  );
  expect(whereaboutsOf('root', { secrets: [...list.secrets] })).toMatch(/no value on this machine yet/);
  expect(whereaboutsOf('root', undefined)).toBe('');
});

import type { CallInput, CallName, SecretList, SecretPlace } from '#shared/contract.ts';

type SecretCallName = Extract<CallName, `secret.${string}` | `secrets.${string}`>;

/** Secrets of a window without main: they last as long as the page. */
export function createMemorySecrets(): { [Name in SecretCallName]: (input: CallInput<Name>) => unknown } {
  const values = new Map<string, { value: string; where: SecretPlace }>();
  const list = (): SecretList => ({
    secrets: [...values].sort().map(([name, { where }]) => ({ name, where, changed: 0 })),
    findings: [],
    keyStore: { usable: false, reason: 'A page without main has no key store.' },
  });
  return {
    'secrets.list': list,
    'secrets.mend': list,
    'secret.set': ({ name, where, value }) => {
      values.set(name, { value, where });
      return list();
    },
    'secret.set-from-file': () => null,
    'secret.rename': ({ from, to }) => {
      const value = values.get(from);
      if (value !== undefined) values.set(to, value);
      values.delete(from);
      return list();
    },
    'secret.remove': ({ name }) => {
      values.delete(name);
      return list();
    },
    'secret.reveal': ({ name }) => ({ value: values.get(name)?.value ?? '' }),
  };
}

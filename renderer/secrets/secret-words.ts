import type { SecretList } from '#shared/contract.ts';
import { storedName } from '#shared/secrets/stored-name.ts';

/** Where the value of a secret lies, or that there is none, as a sentence; empty until that is known. */
export function whereaboutsOf(name: string, list: Pick<SecretList, 'secrets'> | undefined): string {
  if (list === undefined) return '';
  const stored = storedName(
    name,
    list.secrets.map((one) => one.name),
  );
  if (stored === undefined) return 'It has no value on this machine yet: F12 goes to where it is set.';
  const where = list.secrets.find((one) => one.name === stored)?.where;
  return where === 'folder'
    ? `Its value is set. It lies in \`secrets/${stored}\` of the site.`
    : 'Its value is set. It lies in the key store of this account.';
}

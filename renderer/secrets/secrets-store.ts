import { create } from 'zustand';
import type { SecretList, SecretPlace } from '#shared/contract.ts';
import { secretUsesFrom } from '../authoring/client.ts';
import type { UsedSecret } from '../authoring/protocol.ts';
import { ask, request } from '../bridge.ts';
import { applyFindingsBeside } from '../state/problems.ts';
import { useSite } from '../state/site.ts';

/** Names and places of secrets. Values are never kept here: they live in a field while they are typed or looked at. */
interface SecretsState {
  /** Undefined until main has answered for this site. */
  readonly list: SecretList | undefined;
  readonly uses: readonly UsedSecret[];
  /** The dialog, and the secret in it that was asked for. */
  readonly shown: { readonly name?: string | undefined } | undefined;
}

export const useSecrets = create<SecretsState>()(() => ({ list: undefined, uses: [], shown: undefined }));

export function showSecrets(name?: string): void {
  useSecrets.setState({ shown: { name } });
  void refreshSecrets();
}

export function hideSecrets(): void {
  useSecrets.setState({ shown: undefined });
}

/** Asks again for both: what has a value, and what documents refer to in the newest texts. */
export async function refreshSecrets(): Promise<void> {
  const siteId = useSite.getState().site?.siteId;
  if (siteId === undefined) {
    useSecrets.setState({ list: undefined, uses: [] });
    applyFindingsBeside([]);
    return;
  }
  const [answer, uses] = await Promise.all([ask('secrets.list', { siteId }), secretUsesFrom()]);
  if (useSite.getState().site?.siteId !== siteId) return;
  useSecrets.setState({ uses: uses ?? [] });
  takeList(answer.ok ? answer.value : undefined);
}

/** The calls that change something answer with the new list; false: it failed, and the user has been told. */
function taken(list: SecretList | null | undefined): boolean {
  if (list === null || list === undefined) return false;
  takeList(list);
  return true;
}

/** What speaks against secrets/ is a problem of the site like any other, at the file that it is about. */
function takeList(list: SecretList | undefined): void {
  useSecrets.setState({ list });
  const start = { line: 1, column: 1 };
  applyFindingsBeside(
    (list?.findings ?? []).map(({ code, path, message }) => ({
      file: path,
      range: { start, end: start },
      severity: 'warning',
      code,
      message,
    })),
  );
}

function withSite<Value>(call: (siteId: string) => Promise<Value>): Promise<Value | undefined> {
  const siteId = useSite.getState().site?.siteId;
  return siteId === undefined ? Promise.resolve(undefined) : call(siteId);
}

export async function setSecret(name: string, where: SecretPlace, value: string): Promise<boolean> {
  return taken(await withSite((siteId) => request('secret.set', { siteId, name, where, value })));
}

export async function setSecretFromFile(name: string, where: SecretPlace): Promise<boolean> {
  return taken(await withSite((siteId) => request('secret.set-from-file', { siteId, name, where })));
}

export async function removeSecret(name: string): Promise<boolean> {
  return taken(await withSite((siteId) => request('secret.remove', { siteId, name })));
}

export async function mendSecrets(): Promise<boolean> {
  return taken(await withSite((siteId) => request('secrets.mend', { siteId })));
}

export async function revealSecret(name: string): Promise<string | undefined> {
  return (await withSite((siteId) => request('secret.reveal', { siteId, name })))?.value;
}

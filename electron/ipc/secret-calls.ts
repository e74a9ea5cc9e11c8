import { open } from 'node:fs/promises';
import { BrowserWindow, dialog, type WebContents } from 'electron';
import type { SecretList } from '#shared/contract.ts';
import { fileFailure } from '../core/files/file-failures.ts';
import type { KeyStore } from '../core/secrets/key-store.ts';
import { maximumValueBytes, valueOfContent } from '../core/secrets/secret-value.ts';
import { missing, SiteSecrets } from '../core/secrets/site-secrets.ts';
import type { CallHandlers } from './answer-calls.ts';
import type { OpenSites } from './site-calls.ts';

type SecretCallName = Extract<keyof CallHandlers, `secret.${string}` | `secrets.${string}`>;

/** Values come in with `secret.set` and go out with `secret.reveal`, to the window that asks, and nowhere else. */
export function secretCalls(sites: OpenSites, keyStore: KeyStore): Pick<CallHandlers, SecretCallName> {
  const secretsOf = (sender: WebContents, siteId: string) =>
    new SiteSecrets(sites.of(sender, siteId).snapshot, keyStore);
  const changed = async (sender: WebContents, siteId: string, secrets: SiteSecrets): Promise<SecretList> => {
    await sites.otherPathsChanged(sites.of(sender, siteId).snapshot.siteId);
    return listOf(secrets, keyStore);
  };
  return {
    'secrets.list': ({ siteId }, sender) => listOf(secretsOf(sender, siteId), keyStore),
    'secrets.mend': async ({ siteId }, sender) => {
      const secrets = secretsOf(sender, siteId);
      await secrets.mend();
      return listOf(secrets, keyStore);
    },
    'secret.set': async ({ siteId, name, where, value }, sender) => {
      const secrets = secretsOf(sender, siteId);
      await secrets.set(name, where, value);
      return changed(sender, siteId, secrets);
    },
    'secret.set-from-file': async ({ siteId, name, where }, sender) => {
      const secrets = secretsOf(sender, siteId);
      const file = await chooseFile(sender, name);
      if (file === undefined) return null;
      await secrets.set(name, where, await contentOf(file));
      return changed(sender, siteId, secrets);
    },
    'secret.rename': async ({ siteId, from, to }, sender) => {
      const secrets = secretsOf(sender, siteId);
      await secrets.rename(from, to);
      return changed(sender, siteId, secrets);
    },
    'secret.remove': async ({ siteId, name }, sender) => {
      const secrets = secretsOf(sender, siteId);
      await secrets.remove(name);
      return changed(sender, siteId, secrets);
    },
    'secret.reveal': async ({ siteId, name }, sender) => {
      const value = await secretsOf(sender, siteId).value(name);
      if (value === undefined) throw missing(name);
      return { value };
    },
  };
}

async function listOf(secrets: SiteSecrets, keyStore: KeyStore): Promise<SecretList> {
  const [entries, findings] = await Promise.all([secrets.list(), secrets.findings()]);
  const reason = keyStore.unusable();
  return {
    secrets: entries,
    findings: findings.map(({ code, path, message }) => ({ code, path, message })),
    keyStore: reason === undefined ? { usable: true } : { usable: false, reason },
  };
}

async function chooseFile(sender: WebContents, name: string): Promise<string | undefined> {
  const window = BrowserWindow.fromWebContents(sender);
  const options: Electron.OpenDialogOptions = {
    title: `Choose the file with the value of ${name}`,
    buttonLabel: 'Take its content',
    properties: ['openFile', 'showHiddenFiles'],
  };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? undefined : filePaths[0];
}

async function contentOf(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(maximumValueBytes + 1),
        0,
        maximumValueBytes + 1,
        0,
      );
      return valueOfContent(buffer.subarray(0, bytesRead), path);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    throw fileFailure(thrown, path, 'read');
  }
}

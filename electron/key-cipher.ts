import { safeStorage } from 'electron';
import type { ValueCipher } from './core/secrets/key-store.ts';

/**
 * The key store of the system, by Electron's safeStorage. On Linux without a keyring, Chromium would "encrypt" with a
 * key that stands in its source (`basic_text`): such values are as good as plain, so it counts as none, unless
 * SITEFORGE_PLAIN_KEY_STORE=1 says that this is wanted (tests, machines with an encrypted disk and one user).
 */
export function systemCipher(environment: NodeJS.ProcessEnv = process.env): ValueCipher {
  const isLinux = process.platform === 'linux';
  const acceptsPlain = environment.SITEFORGE_PLAIN_KEY_STORE === '1';
  if (isLinux && acceptsPlain) safeStorage.setUsePlainTextEncryption(true);
  return {
    unusable() {
      if (isLinux && !acceptsPlain) {
        const backend = safeStorage.getSelectedStorageBackend();
        if (backend === 'basic_text' || backend === 'unknown')
          return 'No keyring (GNOME Keyring, KWallet) answers, so nothing would really be encrypted.';
      }
      return safeStorage.isEncryptionAvailable()
        ? undefined
        : 'The system offers no encryption to this account.';
    },
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}

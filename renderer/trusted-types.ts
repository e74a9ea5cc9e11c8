/**
 * The page's policy demands Trusted Types: the address of a worker is the only script address that our own code
 * makes, and only files of the application itself may be one.
 */
interface ScriptUrlPolicy {
  createScriptURL(address: string): string;
}

interface TrustedTypeFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptUrlPolicy;
}

const factory = (globalThis as { trustedTypes?: TrustedTypeFactory }).trustedTypes;

function onlyOwnFiles(address: string): string {
  const url = new URL(address, document.baseURI);
  // Not `origin`: for the application's own scheme it is an opaque "null" in some runtimes.
  const own = new URL(document.baseURI);
  if (url.protocol !== own.protocol || url.host !== own.host) {
    throw new TypeError(`A worker may only be a file of the application, not ${url.href}`);
  }
  return url.href;
}

const policy = factory?.createPolicy('siteforge', { createScriptURL: onlyOwnFiles });

export function createModuleWorker(address: string, name: string): Worker {
  const trusted = policy === undefined ? onlyOwnFiles(address) : policy.createScriptURL(address);
  return new Worker(trusted, { type: 'module', name });
}

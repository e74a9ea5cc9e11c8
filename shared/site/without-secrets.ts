import type { BuilderConfig } from './builder-config.ts';

const secretName = /pass|secret|token|credential|private|_key$/i;

/**
 * The configuration as it may be shown and kept: contents of files and scripts as digests, values of variables that
 * sound secret left out, accounts in the mirrors' addresses removed.
 */
export function withoutSecrets(config: BuilderConfig, digest: (text: string) => string): BuilderConfig {
  const hide = <Entry extends { readonly content: string }>(entry: Entry): Entry => ({
    ...entry,
    content: `sha256:${digest(entry.content)}`,
  });
  const environment = Object.entries(config.compose.environment).map(([name, value]) => [
    name,
    secretName.test(name) ? '(hidden)' : value,
  ]);
  const { mirror, securityMirror } = config.compose;
  const withoutAccount = (uri: string) => uri.replace(/\/\/[^/@]*@/, '//');
  return {
    ...config,
    compose: {
      ...config.compose,
      ...(mirror === undefined ? {} : { mirror: withoutAccount(mirror) }),
      ...(securityMirror === undefined ? {} : { securityMirror: withoutAccount(securityMirror) }),
      environment: Object.fromEntries(environment),
      files: config.compose.files.map(hide),
      scripts: config.compose.scripts.map(hide),
    },
  };
}

import type { BuilderConfig } from './builder-config.ts';

const secretName = /pass|secret|token|credential|private|_key$/i;

/**
 * The configuration as it may be shown and kept: contents of files and scripts as digests, values of variables that
 * sound secret left out, accounts in the mirror's address removed.
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
  const { mirror } = config.compose;
  return {
    ...config,
    compose: {
      ...config.compose,
      ...(mirror === undefined ? {} : { mirror: mirror.replace(/\/\/[^/@]*@/, '//') }),
      environment: Object.fromEntries(environment),
      files: config.compose.files.map(hide),
      scripts: config.compose.scripts.map(hide),
    },
  };
}

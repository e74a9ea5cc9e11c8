import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
import { cloudInitSchemaDefine } from './cloud-init-schema.ts';

/** dockerode brings native modules and .proto files, and is loaded late: it stays in node_modules. */
const external = [/^node:/, ...builtinModules, 'electron', 'dockerode', '@playwright/test'];

/** A bundle for Node: everything but the external modules, readable, with chunks for what is imported late. */
function nodeBundle(folder: string, entry: string, name: string, format: 'es' | 'cjs' = 'es'): UserConfig {
  return {
    root: fileURLToPath(new URL('..', import.meta.url)),
    publicDir: false,
    logLevel: 'warn',
    define: cloudInitSchemaDefine(),
    ssr: { noExternal: true, external: ['dockerode', 'electron', '@playwright/test'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: `dist/${folder}`,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: entry,
        external,
        output: { format, entryFileNames: name, chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

// One program for each --mode. The sandboxed preload script has to be one CommonJS file.
const programs: Readonly<Record<string, () => UserConfig>> = {
  cli: () => nodeBundle('cli', 'electron/cli/siteforge.ts', 'siteforge.js'),
  main: () => nodeBundle('main', 'electron/main.ts', 'main.js'),
  preload: () => nodeBundle('preload', 'electron/preload.ts', 'preload.cjs', 'cjs'),
  bench: () => nodeBundle('bench', 'e2e/bench/bench.ts', 'bench.js'),
};

export default defineConfig(({ mode }) => {
  const program = programs[mode];
  if (program === undefined)
    throw new Error(`--mode is one of ${Object.keys(programs).join(', ')}, not ${mode}`);
  return program();
});

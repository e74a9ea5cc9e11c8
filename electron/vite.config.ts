import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, transformWithOxc, type UserConfig } from 'vite';
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
        output:
          format === 'cjs'
            ? { format, entryFileNames: name, codeSplitting: false, dynamicImportInCjs: false }
            : { format, entryFileNames: name, chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

/** What starts the command line, and the code that V8 compiles of it: one run over the example needs most functions. */
function commandLineStart(): Plugin {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const start = path.join(root, 'electron', 'cli', 'start.ts');
  let built = '';
  return {
    name: 'command-line-start',
    async generateBundle({ dir }, files) {
      // Node reads ASCII 10 ms faster than a text with one typographic quotation mark. Only literals hold such.
      for (const file of Object.values(files))
        if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\x7f]/g, escaped);
      built = path.resolve(root, dir ?? '', 'siteforge.js');
      const { code } = await transformWithOxc(readFileSync(start, 'utf8'), start);
      this.emitFile({ type: 'asset', fileName: 'siteforge.js', source: code });
    },
    closeBundle() {
      // A build that failed has told why, and left nothing to start.
      if (built === '') return;
      const example = path.join(root, 'assets', 'examples', 'edge-berlin');
      execFileSync(process.execPath, [built, 'render', example, '--all', '--json'], {
        env: { ...process.env, SITEFORGE_WRITE_CODE_CACHE: '1' },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    },
  };
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

// One program for each --mode. The sandboxed preload script has to be one CommonJS file, and so has what V8 caches.
const programs: Readonly<Record<string, () => UserConfig>> = {
  cli: () => ({
    ...nodeBundle('cli', 'electron/cli/siteforge.ts', 'siteforge.cjs', 'cjs'),
    plugins: [commandLineStart()],
  }),
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

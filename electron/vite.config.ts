import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

// Three programs are bundled from here, one for each --mode: the command line and main run as modules, the sandboxed
// preload script has to be one CommonJS file. dockerode stays outside: ssh2 and the .proto files it brings cannot be
// bundled, and it is loaded only when an engine is needed.
const programs: Record<string, { entry: string; folder: string; name: string; format: 'es' | 'cjs' }> = {
  cli: { entry: 'cli/siteforge.ts', folder: 'cli', name: 'siteforge.js', format: 'es' },
  main: { entry: 'main.ts', folder: 'main', name: 'main.js', format: 'es' },
  preload: { entry: 'preload.ts', folder: 'preload', name: 'preload.cjs', format: 'cjs' },
};

export default defineConfig(({ mode }) => {
  const program = programs[mode];
  if (program === undefined) throw new Error(`--mode is one of ${Object.keys(programs).join(', ')}`);
  return {
    root: import.meta.dirname,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      emptyOutDir: true,
      outDir: `../dist/${program.folder}`,
      rolldownOptions: {
        input: program.entry,
        external: ['electron', 'dockerode', ...builtinModules, /^node:/],
        output: { format: program.format, entryFileNames: program.name, chunkFileNames: '[name]-[hash].js' },
      },
    },
    // Everything but the externals above is bundled, so that the programs run without node_modules.
    ssr: { noExternal: true, external: ['electron', 'dockerode'] },
  };
});

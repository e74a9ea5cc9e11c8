import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/** dockerode brings native modules and .proto files, and is loaded late: it stays in node_modules. */
const external = [/^node:/, ...builtinModules, 'electron', 'dockerode'];

/** A bundle for Node: everything but the external modules, readable, with chunks for what is imported late. */
function nodeBundle(name: string, entry: string): UserConfig {
  return {
    root,
    configFile: false,
    publicDir: false,
    ssr: { noExternal: true, external: ['dockerode', 'electron'] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: `dist/${name}`,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rollupOptions: {
        input: { [name === 'cli' ? 'siteforge' : name]: entry },
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  };
}

const bundles: Readonly<Record<string, () => UserConfig>> = {
  cli: () => nodeBundle('cli', 'electron/cli/siteforge.ts'),
};

export default defineConfig(({ mode }) => {
  const bundle = bundles[mode];
  if (bundle === undefined) throw new Error(`--mode is one of ${Object.keys(bundles).join(', ')}, not ${mode}`);
  return bundle();
});

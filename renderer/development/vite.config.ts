import { defineConfig, mergeConfig } from 'vite';
import product from '../vite.config.ts';

/** The window over an in-memory bridge, for looking at it in a browser. Never a part of the product. */
export default mergeConfig(
  product,
  defineConfig({
    root: import.meta.dirname,
    build: { outDir: '../../dist/renderer-development', minify: false },
  }),
);

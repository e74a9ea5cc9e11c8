import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { cloudInitSchemaDefine } from '../electron/cloud-init-schema.ts';
import { contentSecurityPolicy } from '../electron/content-security-policy.ts';

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses work at app://, on loopback and in a packaged archive alike.
  base: './',
  plugins: [react()],
  define: cloudInitSchemaDefine(),
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // The oldest Chromium that the product runs on: Electron 33.
    target: 'chrome130',
    cssTarget: 'chrome130',
    // Inlined data: fonts and scripts would break the policy above.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
  },
  // The policy of the application's own protocol, so that a violation is seen before the window is.
  preview: {
    host: '127.0.0.1',
    headers: { 'content-security-policy': contentSecurityPolicy },
  },
  server: { host: '127.0.0.1' },
});

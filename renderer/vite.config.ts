import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The policy that the application's own protocol sends. `vite preview` sends it too, so that a violation is seen
 * before the window is. The trusted-types names are Monaco's, DOMPurify's (inside Monaco) and ours (trusted-types.ts).
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  `trusted-types siteforge dompurify defaultWorkerFactory diffEditorWidget diffReview domLineBreaksComputer editorGhostText
    editorViewLayer richScreenReaderContent standaloneColorizer stickyScrollViewLayer tokenizeToString domSanitize
    domSanitize0 domSanitize1 domSanitize2 domSanitize3 'allow-duplicates'`.replace(/\s+/g, ' '),
].join('; ');

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses work at app://, on loopback and in a packaged archive alike.
  base: './',
  plugins: [react()],
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
  preview: { host: '127.0.0.1', headers: { 'content-security-policy': contentSecurityPolicy } },
  server: { host: '127.0.0.1' },
});

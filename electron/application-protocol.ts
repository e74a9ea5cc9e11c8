import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';

export const applicationOrigin = 'app://ui';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Has to run before the application is ready (Electron: protocol.registerSchemesAsPrivileged). */
export function declareApplicationScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** The window is served from `folder` under app://ui/ and from nowhere else; there are no file URLs. */
export function serveApplication(folder: string): void {
  protocol.handle('app', async (request) => {
    const file = fileOfRequest(folder, request.method, request.url);
    const contentType = file && contentTypes[path.extname(file)];
    if (file === undefined || contentType === undefined) return answer(404, 'text/plain', 'Not found');
    try {
      return answer(200, contentType, await readFile(file));
    } catch {
      return answer(404, 'text/plain', 'Not found');
    }
  });
}

/** The file that a request names, or undefined when it names anything that is not below the folder. */
export function fileOfRequest(folder: string, method: string, address: string): string | undefined {
  if (method !== 'GET' || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.host !== 'ui' || url.protocol !== 'app:') return undefined;
  const requested = url.pathname === '/' ? '/index.html' : safelyDecoded(url.pathname);
  if (requested === undefined || requested.includes('\0') || requested.includes('\\')) return undefined;
  const file = path.join(folder, requested);
  return file.startsWith(folder + path.sep) ? file : undefined;
}

function safelyDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function answer(status: number, contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    status,
    headers: {
      'Content-Type': contentType,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
    },
  });
}

import { app, type Session, type WebContents } from 'electron';
import { applicationOrigin } from './application-protocol.ts';

/** Electron's security checklist, points 4 to 15: what a page may never do, whoever wrote it. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    forbidNavigation(contents);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

function forbidNavigation(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void; url: string }) => {
    if (!event.url.startsWith(`${applicationOrigin}/`)) event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
}

/** No permission is ever granted, no device handed out, no certificate error passed, no download begun. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setCertificateVerifyProc((_request, decide) => decide(-2));
  session.on('will-download', (event) => event.preventDefault());
  // The application needs no network of its own: everything it shows travels with it.
  session.webRequest.onBeforeRequest((details, decide) => {
    const own = details.url.startsWith(`${applicationOrigin}/`);
    const harmless = details.url.startsWith('data:') || details.url.startsWith('devtools:');
    const inner = details.url.startsWith(`blob:${applicationOrigin}`);
    decide({ cancel: !(own || harmless || inner) });
  });
}

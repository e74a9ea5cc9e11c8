import { type DragEvent, type ReactNode, useState } from 'react';
import { openDropped } from './open-site.ts';

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}

/** A folder dropped anywhere on the window is opened as a site. */
export function DropFolder({ children }: { readonly children: ReactNode }) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an addition to the Open command
    <div
      className="window"
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false);
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) void openDropped(file);
      }}
    >
      {children}
      {over && <div className="drop-hint">Drop the folder to open it as a site</div>}
    </div>
  );
}

import { useEffect, useRef } from 'react';
import { useDocuments } from '../state/documents.ts';
import { loadEditor } from './load.ts';

export function Comparison({ path }: { readonly path: string }) {
  const element = useRef<HTMLDivElement>(null);
  const onDisk = useDocuments((state) => state.byPath[path]?.conflict?.text);
  useEffect(() => {
    if (onDisk === undefined || onDisk === null) return;
    let dispose: (() => void) | undefined;
    let gone = false;
    void loadEditor().then(({ createComparison }) => {
      if (!gone && element.current !== null) dispose = createComparison(element.current, path, onDisk);
    });
    return () => {
      gone = true;
      dispose?.();
    };
  }, [path, onDisk]);
  return <div className="editor-surface" ref={element} data-testid="comparison" />;
}

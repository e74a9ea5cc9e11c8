import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { loadEditor } from '../editor/load.ts';
import { currentText, textModels } from '../editor/text-models.ts';

/** The newest text of a document, whoever changes it. Undefined until the editor holds it, so that no edit escapes undo. */
export function useDocumentText(path: string): string | undefined {
  const [held, setHeld] = useState<string>();
  useEffect(() => {
    let gone = false;
    void loadEditor().then(() => {
      textModels()?.hold(path);
      if (!gone) setHeld(path);
    });
    return () => {
      gone = true;
    };
  }, [path]);
  const isHeld = held === path;
  const subscribe = useCallback(
    (listener: () => void) => (isHeld ? textModels()?.listen(path, listener) : undefined) ?? (() => {}),
    [path, isHeld],
  );
  return useSyncExternalStore(subscribe, () => (isHeld ? currentText(path) : undefined));
}

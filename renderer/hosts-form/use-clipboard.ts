import { type RefObject, useEffect, useRef } from 'react';

interface ClipboardActions {
  readonly copy: () => string;
  readonly clear: () => void;
  readonly paste: (text: string) => void;
}

/**
 * What the clipboard's keys and menu mean while an element has the focus. Without a selected text the browser tells
 * the document, and not the element that has the focus (Clipboard API and events, "fire a clipboard event").
 */
export function useClipboard(
  element: RefObject<HTMLElement | null>,
  isOn: boolean,
  actions: ClipboardActions,
): void {
  const newest = useRef({ isOn, actions });
  useEffect(() => {
    newest.current = { isOn, actions };
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => {
      const { isOn: isMeant, actions: current } = newest.current;
      if (!isMeant || document.activeElement !== element.current || event.clipboardData === null) return;
      event.preventDefault();
      if (event.type === 'paste') {
        current.paste(event.clipboardData.getData('text/plain'));
        return;
      }
      event.clipboardData.setData('text/plain', current.copy());
      if (event.type === 'cut') current.clear();
    };
    const types = ['copy', 'cut', 'paste'] as const;
    for (const type of types) document.addEventListener(type, listener);
    return () => {
      for (const type of types) document.removeEventListener(type, listener);
    };
  }, [element]);
}

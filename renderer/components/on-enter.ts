import type { KeyboardEvent } from 'react';

/** What Enter does in a field, apart from the one that ends a word of an input method. */
export function onEnter(work: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    work();
  };
}

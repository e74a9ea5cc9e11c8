/** As a `ref`: the element that a person goes on with when it appears. One function, so that it acts only once. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}

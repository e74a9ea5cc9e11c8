/** Starts loading Monaco's part of the preview once; everybody waits for the same promise. */
let loading: Promise<typeof import('./text-view.ts')> | undefined;

export function loadViews(): Promise<typeof import('./text-view.ts')> {
  loading ??= import('./text-view.ts');
  return loading;
}

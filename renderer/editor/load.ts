/** Starts loading the editor once; everybody waits for the same promise. */
let loading: Promise<typeof import('./code-editor.ts')> | undefined;

export function loadEditor(): Promise<typeof import('./code-editor.ts')> {
  loading ??= import('./code-editor.ts');
  return loading;
}

/** Starts loading the editor once; everybody waits for the same promise. */
let loading: Promise<typeof import('./code-editor.ts')> | undefined;

export function loadEditor(): Promise<typeof import('./code-editor.ts')> {
  loading ??= withIcons(import('./code-editor.ts'));
  return loading;
}

/** The editor comes with its styles, which name the letters of its icons: these are there before the first icon is. */
async function withIcons<Module>(module: Promise<Module>): Promise<Module> {
  const loaded = await module;
  await document.fonts.load('16px codicon').catch(() => undefined);
  return loaded;
}

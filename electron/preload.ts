import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '#shared/contract.ts';

// The only code between the page and main: two verbs and a dropped folder. Main checks everything again.
const listeners = new Map<string, Set<(value: unknown) => void>>();

ipcRenderer.on('siteforge:push', (_event, name: string, value: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(value);
});

const bridge = {
  call: (name: unknown, input: unknown) => ipcRenderer.invoke('siteforge:call', name, input),
  listen: (name: string, listener: (value: unknown) => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => {
      set.delete(listener);
    };
  },
  openDropped: (file: File) => ipcRenderer.invoke('siteforge:open-dropped', webUtils.getPathForFile(file)),
  platform: process.platform,
};

contextBridge.exposeInMainWorld('siteforge', bridge as unknown as Bridge);

import { create } from 'zustand';
import type { Places } from '../authoring/protocol.ts';

interface ReferencesState {
  /** The list that was asked for last; undefined until then, and after it was closed. */
  readonly found: Places | undefined;
}

export const useReferences = create<ReferencesState>()(() => ({ found: undefined }));

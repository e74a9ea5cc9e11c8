import { create } from 'zustand';
import type { Preview } from '../authoring/protocol.ts';

interface PreviewState {
  /** Null: there is no host to show; undefined: not rendered yet. */
  readonly preview: Preview | null | undefined;
}

export const usePreview = create<PreviewState>()(() => ({ preview: undefined }));

import { create } from 'zustand';
import type { RenameSubject } from '../authoring/protocol.ts';

interface RenamingState {
  /** What is about to get another name; undefined while nothing is. */
  readonly subject: RenameSubject | undefined;
}

export const useRenaming = create<RenamingState>()(() => ({ subject: undefined }));

export function leaveRenaming(): void {
  useRenaming.setState({ subject: undefined });
}

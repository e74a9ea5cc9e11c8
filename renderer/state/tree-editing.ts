import { create } from 'zustand';
import type { SiteSymbol } from '../authoring/protocol.ts';

/** What is being typed in the tree: the name of a document that is about to be made, or another name for one. */
export type TreeDraft =
  | { readonly type: 'new'; readonly folder: string; readonly copyOf?: string | undefined }
  | { readonly type: 'rename'; readonly path: string };

/** What a menu at a row of the tree is about: a document, or a folder of documents. */
export type MenuSubject =
  | { readonly type: 'document'; readonly path: string }
  | { readonly type: 'folder'; readonly folder: string }
  | { readonly type: 'all-folders' };

export type TreeQuestion =
  /** The new name leaves references behind that name the old one. */
  | {
      readonly type: 'rename';
      readonly from: string;
      readonly to: string;
      readonly symbol: SiteSymbol;
      /** Others than the document itself, with the number of places in each. */
      readonly documents: readonly { readonly path: string; readonly count: number }[];
    }
  | {
      readonly type: 'delete';
      readonly path: string;
      readonly referrers: readonly string[];
      /** False once the system's trash refused the document. */
      readonly trash: boolean;
    };

interface TreeEditingState {
  readonly draft: TreeDraft | undefined;
  /** Pixels of the window. */
  readonly menu: { readonly subject: MenuSubject; readonly x: number; readonly y: number } | undefined;
  readonly question: TreeQuestion | undefined;
}

export const noTreeEditing: TreeEditingState = { draft: undefined, menu: undefined, question: undefined };

export const useTreeEditing = create<TreeEditingState>()(() => noTreeEditing);

export function leaveDraft(): void {
  useTreeEditing.setState({ draft: undefined });
}

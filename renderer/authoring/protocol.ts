import type { Completion } from '#shared/assist/completions.ts';
import type { Fix } from '#shared/assist/fixes/fixes.ts';
import type { Hover } from '#shared/assist/hover.ts';
import type { DraftText } from '#shared/assist/new-document.ts';
import type { ExportFormat } from '#shared/contract.ts';
import type { CheckedTable } from '#shared/fleet/check-table.ts';
import type { Grid } from '#shared/fleet/grid.ts';
import type { ImportRequest } from '#shared/import/import-into-site.ts';
import type { DocumentTarget } from '#shared/network/convert-network.ts';
import type { DocumentEdits, RenamePlan, RenameSubject } from '#shared/refactor/rename.ts';
import type { SiteSymbol } from '#shared/refactor/symbols.ts';
import type { RenderedHost } from '#shared/render/render-host.ts';
import type { SecretUse, UsedSecret } from '#shared/secrets/secret-uses.ts';
import type { HostSummary } from '#shared/site/analysis.ts';
import type { SessionUpdate, SiteOverview } from '#shared/site/session.ts';
import type { Range } from '#shared/source/source-text.ts';
import type { PreviewQuestion } from '../preview/preview-questions.ts';

/** What the window and its authoring worker say to each other. The worker holds the site's texts and its analysis. */

export type {
  CheckedTable,
  Completion,
  DocumentEdits,
  DraftText,
  Fix,
  Grid,
  Hover,
  RenamePlan,
  RenameSubject,
  SecretUse,
  SiteSymbol,
  UsedSecret,
};

/** What the window shows of a site besides its texts. */
export interface Overview extends SiteOverview {
  readonly hosts: readonly HostSummary[];
}

export type Preview = RenderedHost;

/** A place in a document where a name stands. */
export interface Place {
  readonly file: string;
  readonly range: Range;
  readonly role: 'definition' | 'reference';
  /** The text of its line, without the indentation. */
  readonly line: string;
}

/** Places that belong together, with what they have in common. */
export interface Places {
  readonly title: string;
  readonly places: readonly Place[];
}

/** Where a name is defined. */
export interface Definitions extends Places {
  /** The name that is asked about. */
  readonly name: Range;
  /** The secret that is meant, which has no place in a document. */
  readonly secret?: string;
}

export interface Highlight {
  readonly range: Range;
  readonly role: 'definition' | 'reference';
}

/** `subject` is undefined for a name that cannot be changed. */
export interface RenameAtCaret {
  readonly subject: RenameSubject | undefined;
  readonly range: Range;
}

export interface CaretQuestion {
  readonly about: 'completions' | 'hover' | 'definition' | 'references' | 'highlights' | 'rename-at-caret';
  readonly path: string;
  /** In UTF-16 units from 0, in the newest text that was sent. */
  readonly offset: number;
}

export type WorkerQuestion =
  | CaretQuestion
  /** A first text for a document that does not exist yet. */
  | { readonly about: 'new-document'; readonly path: string }
  /** What a table of hosts would make, and what is wrong with its cells. */
  | { readonly about: 'check-table'; readonly grid: Grid }
  /** What files of other programs would become in the site. */
  | { readonly about: 'import'; readonly request: ImportRequest }
  /** The hosts in a form that other programs read. */
  | { readonly about: 'export'; readonly as: ExportFormat }
  /** A network document in another format, with what is lost. */
  | { readonly about: 'convert'; readonly path: string; readonly to: DocumentTarget }
  /** The secrets that documents refer to, with their places. */
  | { readonly about: 'secret-uses' }
  /** The text of a document under another path, with its own name changed. */
  | { readonly about: 'renamed'; readonly path: string; readonly to: string }
  /** What the preview shows beside the texts. */
  | { readonly about: 'preview'; readonly asked: PreviewQuestion }
  /** What mends the findings that touch a range of the newest text. */
  | { readonly about: 'fixes'; readonly path: string; readonly range: Range }
  | { readonly about: 'rename-subject'; readonly symbol: SiteSymbol }
  | { readonly about: 'rename-plan'; readonly symbol: SiteSymbol; readonly to: string };

export type DocumentChange = readonly [path: string, text: string | null];

export type WorkerRequest =
  | {
      readonly type: 'open';
      readonly sequence: number;
      readonly documents: readonly (readonly [path: string, text: string])[];
      /** What the site's folder holds beside them. */
      readonly otherPaths: readonly string[];
    }
  | {
      readonly type: 'work';
      readonly sequence: number;
      /** Newest text of each changed document; null: removed. */
      readonly changes: readonly DocumentChange[];
      readonly host: string | null;
      /** Given when they changed. */
      readonly otherPaths?: readonly string[];
    }
  | { readonly type: 'ask'; readonly id: number; readonly question: WorkerQuestion };

export type WorkerResponse =
  | {
      readonly type: 'update';
      readonly sequence: number;
      readonly host: string | null;
      /** The answer to a request; false: what was left for later, sent without being asked. */
      readonly answers: boolean;
      readonly update: SessionUpdate;
    }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'broken'; readonly sequence: number; readonly detail: string };

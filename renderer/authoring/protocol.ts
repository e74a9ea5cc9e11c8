import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { Range } from '#shared/source/source-text.ts';

/** What the window and its authoring worker say to each other. The worker holds the site's texts and its analysis. */

export interface ProblemCount {
  readonly errors: number;
  readonly warnings: number;
}

export type DocumentGroup = 'site' | 'hosts' | 'profiles' | 'networks' | 'user-data' | 'images' | 'other';

export interface HostRow {
  readonly name: string;
  readonly path: string;
  readonly role: string;
  readonly profile: string;
  readonly addresses: readonly string[];
  readonly macs: readonly string[];
  readonly problems: ProblemCount;
}

export interface ImageRow {
  readonly name: string;
  readonly path: string;
  readonly profile: string;
  readonly release: string;
  readonly elements: readonly string[];
  readonly outputs: readonly string[];
}

/** What the window shows of a site besides its texts. */
export interface Overview {
  readonly siteName: string;
  readonly release: string;
  readonly hosts: readonly HostRow[];
  readonly images: readonly ImageRow[];
}

export interface NetworkLink {
  readonly name: string;
  readonly kind: 'ethernet' | 'bond' | 'vlan' | 'bridge';
  readonly detail: string;
  readonly mac?: string | undefined;
  readonly mtu?: number | undefined;
  readonly addresses: readonly string[];
  /** Links that this one lies on: members of a bond or bridge, the parent of a VLAN. */
  readonly over: readonly string[];
}

export interface NetworkDrawing {
  readonly links: readonly NetworkLink[];
  readonly routes: readonly { readonly to: string; readonly via: string; readonly link: string }[];
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
}

export interface Preview {
  readonly host: string;
  readonly userData: string;
  readonly networkConfig: string;
  readonly metaData: string;
  readonly kernelArguments: readonly string[];
  readonly network: NetworkDrawing;
}

export interface Completion {
  readonly label: string;
  readonly insertText: string;
  readonly kind: 'key' | 'value' | 'reference' | 'document';
  readonly detail?: string | undefined;
  readonly documentation?: string | undefined;
  readonly range: Range;
}

export interface Hover {
  readonly range: Range;
  readonly markdown: string;
}

export interface Definition {
  readonly file: string;
  readonly range: Range;
}

export type WorkerQuestion =
  | { readonly about: 'completions'; readonly path: string; readonly offset: number }
  | { readonly about: 'hover'; readonly path: string; readonly offset: number }
  | { readonly about: 'definition'; readonly path: string; readonly offset: number };

export type WorkerRequest =
  | { readonly type: 'open'; readonly documents: readonly (readonly [path: string, text: string])[] }
  | {
      readonly type: 'work';
      readonly sequence: number;
      /** Newest text of each changed document; null: removed. */
      readonly changes: readonly (readonly [path: string, text: string | null])[];
      readonly host: string | null;
    }
  | { readonly type: 'ask'; readonly id: number; readonly question: WorkerQuestion };

export type WorkerResponse =
  | {
      readonly type: 'verdict';
      readonly sequence: number;
      /** Left out while it is what it was. */
      readonly overview?: Overview;
      /** Only the files whose findings changed; an empty list clears a file. */
      readonly diagnostics: readonly (readonly [path: string, found: readonly Diagnostic[]])[];
    }
  | { readonly type: 'preview'; readonly sequence: number; readonly preview: Preview | null | 'unchanged' }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'broken'; readonly sequence: number; readonly detail: string };

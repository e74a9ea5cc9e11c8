import { create } from 'zustand';
import type { Preview } from '../authoring/protocol.ts';

/** What the chosen host is compared with: nothing, its last stamp, the last build of its image, or another host. */
export type Compared =
  | { readonly with: 'nothing' }
  | { readonly with: 'stamp' }
  | { readonly with: 'build' }
  | { readonly with: 'host'; readonly name: string };

export type NetworkAs = 'seed' | 'netplan' | 'keyfiles';

interface PreviewState {
  /** Null: there is no host to show; undefined: not rendered yet. */
  readonly preview: Preview | null | undefined;
  readonly compared: Compared;
  /** Whether each line says where it comes from. */
  readonly originsShown: boolean;
  readonly networkAs: NetworkAs;
  /** Counts what may have changed in out/: stamps and builds of this window. */
  readonly deliveries: number;
}

export const usePreview = create<PreviewState>()(() => ({
  preview: undefined,
  compared: { with: 'nothing' },
  originsShown: false,
  networkAs: 'seed',
  deliveries: 0,
}));

export function noteDelivery(): void {
  usePreview.setState(({ deliveries }) => ({ deliveries: deliveries + 1 }));
}

export function compareWith(compared: Compared): void {
  usePreview.setState({ compared });
}

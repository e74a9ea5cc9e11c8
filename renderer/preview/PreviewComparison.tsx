import { topicsOf } from '#shared/compare/difference.ts';
import type { Freshness, StampedSeed } from '#shared/compare/freshness.ts';
import type { Preview } from '../authoring/protocol.ts';
import type { PreviewTab } from '../state/layout.ts';
import type { Compared } from '../state/preview.ts';
import { DifferenceList } from './DifferenceList.tsx';
import { momentWords } from './freshness-words.ts';
import { NetworkView } from './NetworkView.tsx';
import { TextDifference } from './TextDifference.tsx';
import { useAnswer } from './use-answer.ts';

interface PreviewComparisonProps {
  readonly preview: Preview;
  readonly tab: PreviewTab;
  readonly compared: Compared;
  readonly freshness: Freshness | undefined;
}

/** What differs in words, and below it the texts, or the drawing of the chosen host. */
export function PreviewComparison({ preview, tab, compared, freshness }: PreviewComparisonProps) {
  const other = compared.with === 'host' ? compared.name : undefined;
  const answer = useAnswer(
    other === undefined ? undefined : { kind: 'comparison', host: preview.host, other },
  );
  const stamp = compared.with === 'stamp' ? freshness?.stamp : undefined;
  const there = other === undefined ? stamp?.seed : answer?.there;
  const differences = other === undefined ? stamp?.differences : answer?.differences;
  if (there === undefined || differences === undefined) {
    if (other !== undefined || freshness === undefined) return null;
    return (
      <div className="empty">
        <p>This host has no stamp in out/ to compare with.</p>
      </div>
    );
  }
  const name = other ?? `the stamp of ${momentWords(stamp?.at ?? 0)}`;
  const topics = topicsOf(differences);
  const textOf = (seed: StampedSeed) => (tab === 'links' ? '' : seed[keys[tab]]);
  const sides = [
    { of: preview.host, text: textOf(preview) },
    { of: name, text: textOf(there) },
  ] as const;
  // What is earlier stands on the left; of two hosts, the chosen one.
  const [before, now] = other === undefined ? [sides[1], sides[0]] : sides;
  return (
    <div className="comparison">
      <p className="comparison-summary" role="status">
        {topics.length === 0 ? (
          <>
            The same as <strong>{name}</strong>.
          </>
        ) : (
          <>
            Differs from <strong>{name}</strong> in: {topics.join(', ')}.
          </>
        )}
      </p>
      {differences.length > 0 && (
        <DifferenceList
          differences={differences}
          columns={
            other === undefined
              ? [
                  ['there', 'as stamped'],
                  ['here', 'now'],
                ]
              : [
                  ['here', preview.host],
                  ['there', other],
                ]
          }
        />
      )}
      {tab === 'links' ? (
        <div className="comparison-network">
          <NetworkView host={preview.host} />
        </div>
      ) : (
        <TextDifference what={tab} before={before} now={now} />
      )}
    </div>
  );
}

type TextTab = Exclude<PreviewTab, 'links'>;

const keys = {
  'user-data': 'userData',
  network: 'networkConfig',
  meta: 'metaData',
  vendor: 'vendorData',
} as const satisfies Record<TextTab, keyof StampedSeed>;

import { useEffect, useRef } from 'react';
import { topicsOf } from '#shared/compare/difference.ts';
import type { Freshness, StampedSeed } from '#shared/compare/freshness.ts';
import type { Preview } from '../authoring/protocol.ts';
import { PreviewSecrets } from '../secrets/PreviewSecrets.tsx';
import type { PreviewTab } from '../state/layout.ts';
import type { Compared } from '../state/preview.ts';
import { DifferenceList } from './DifferenceList.tsx';
import { momentWords } from './freshness-words.ts';
import { loadViews } from './load-views.ts';
import { NetworkView } from './NetworkView.tsx';
import type { DifferenceView } from './text-view.ts';
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
        <TextDifference
          preview={preview}
          there={there}
          tab={tab}
          name={name}
          isEarlier={other === undefined}
        />
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

interface TextDifferenceProps {
  readonly preview: Preview;
  readonly there: StampedSeed;
  readonly tab: TextTab;
  readonly name: string;
  /** What is earlier stands on the left; of two hosts, the chosen one. */
  readonly isEarlier: boolean;
}

function TextDifference({ preview, there, tab, name, isEarlier }: TextDifferenceProps) {
  const [before, now] = isEarlier
    ? [there[keys[tab]], preview[keys[tab]]]
    : [preview[keys[tab]], there[keys[tab]]];
  const isSame = before === now;
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<DifferenceView | undefined>(undefined);
  const newest = useRef({ before, now });
  newest.current = { before, now };
  const { host } = preview;
  useEffect(() => {
    if (isSame) return;
    let gone = false;
    void loadViews().then(({ createDifferenceView }) => {
      if (gone || element.current === null) return;
      const [left, right] = isEarlier ? [name, host] : [host, name];
      const labels = { before: `${tab} of ${left}`, now: `${tab} of ${right}` };
      view.current = createDifferenceView(element.current, labels);
      view.current.setTexts(newest.current.before, newest.current.now);
    });
    return () => {
      gone = true;
      view.current?.dispose();
      view.current = undefined;
    };
  }, [isSame, tab, name, host, isEarlier]);
  useEffect(() => view.current?.setTexts(before, now), [before, now]);
  if (isSame) return <p className="comparison-same muted">{tab} is the same, letter by letter.</p>;
  return (
    <>
      <div className="comparison-text" ref={element} data-testid="comparison-text" />
      <PreviewSecrets text={`${before}\n${now}`} />
    </>
  );
}

import { useEffect, useRef } from 'react';
import { PreviewSecrets } from '../secrets/PreviewSecrets.tsx';
import { loadViews } from './load-views.ts';
import type { DifferenceView } from './text-view.ts';

interface Side {
  /** Whose text it is, for readers of the screen: a host, the stamp of a day. */
  readonly of: string;
  readonly text: string;
}

interface TextDifferenceProps {
  /** What both texts are: user-data, or the path of a document. */
  readonly what: string;
  /** On the left. */
  readonly before: Side;
  readonly now: Side;
}

export function TextDifference({ what, before, now }: TextDifferenceProps) {
  const isSame = before.text === now.text;
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<DifferenceView | undefined>(undefined);
  const newest = useRef({ before: before.text, now: now.text });
  newest.current = { before: before.text, now: now.text };
  const [left, right] = [`${what} of ${before.of}`, `${what} of ${now.of}`];
  useEffect(() => {
    if (isSame) return;
    let gone = false;
    void loadViews().then(({ createDifferenceView }) => {
      if (gone || element.current === null) return;
      view.current = createDifferenceView(element.current, { before: left, now: right });
      view.current.setTexts(newest.current.before, newest.current.now);
    });
    return () => {
      gone = true;
      view.current?.dispose();
      view.current = undefined;
    };
  }, [isSame, left, right]);
  useEffect(() => view.current?.setTexts(before.text, now.text), [before.text, now.text]);
  if (isSame) return <p className="comparison-same muted">{what} is the same, letter by letter.</p>;
  return (
    <>
      <div className="comparison-text" ref={element} data-testid="comparison-text" />
      <PreviewSecrets text={`${before.text}\n${now.text}`} />
    </>
  );
}

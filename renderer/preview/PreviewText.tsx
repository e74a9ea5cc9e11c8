import { useEffect, useRef } from 'react';
import type { SeedDocument } from '#shared/render/host-origins.ts';
import type { Origin } from '#shared/render/origin.ts';
import { previewFrom } from '../authoring/client.ts';
import { usePreview } from '../state/preview.ts';
import { goToPlace } from './go-to-place.ts';
import { loadViews } from './load-views.ts';
import { gutterTexts, originWords } from './origin-words.ts';
import type { LineHelp, TextView } from './text-view.ts';
import { useAnswer } from './use-answer.ts';

interface PreviewTextProps {
  readonly text: string;
  readonly label: string;
  readonly host: string;
  readonly document: SeedDocument;
}

/** A rendered document; each of its lines knows where it comes from. */
export function PreviewText({ text, label, host, document }: PreviewTextProps) {
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<TextView | undefined>(undefined);
  const originsShown = usePreview((state) => state.originsShown);
  const origins = useAnswer(originsShown ? { kind: 'origins', host, document } : undefined);
  const gutter = originsShown && origins !== undefined ? gutterTexts(origins) : undefined;
  const newest = useRef({ text, gutter });
  newest.current = { text, gutter };
  useEffect(() => {
    let gone = false;
    void loadViews().then(({ createTextView }) => {
      if (gone || element.current === null) return;
      view.current = createTextView(element.current, label, lineHelp(host, document));
      view.current.setText(newest.current.text);
      view.current.setGutter(newest.current.gutter);
    });
    return () => {
      gone = true;
      view.current?.dispose();
      view.current = undefined;
    };
  }, [label, host, document]);
  useEffect(() => view.current?.setText(text), [text]);
  useEffect(() => view.current?.setGutter(gutter), [gutter]);
  return <div className="preview-text" ref={element} data-testid="preview-text" />;
}

/** Asked at the moment it is needed: the documents may have moved since the text was drawn. */
function lineHelp(host: string, document: SeedDocument): LineHelp {
  const originOf = async (line: number): Promise<Origin | undefined> => {
    const found = await previewFrom({ kind: 'origins', host, document });
    return found?.origins[found.lines[line - 1] ?? -1];
  };
  return {
    async wordsOf(line) {
      const origin = await originOf(line);
      return origin && originWords(origin);
    },
    goTo(line) {
      void originOf(line).then((origin) => {
        const place = origin?.values.at(-1) ?? origin?.place;
        if (place !== undefined) goToPlace(place);
      });
    },
  };
}

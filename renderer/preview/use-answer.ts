import { useEffect, useRef, useState } from 'react';
import { previewFrom } from '../authoring/client.ts';
import { usePreview } from '../state/preview.ts';
import type { AnswerOf, PreviewQuestion } from './preview-questions.ts';

/** So long nobody types before more than the text is asked for: the worker belongs to who types. */
const restMilliseconds = 300;

/**
 * The worker's answer to a question about the texts as they are, asked again whenever they change; undefined until the
 * first. While a newer one is on its way, the last one to the same question stays.
 */
export function useAnswer<Question extends PreviewQuestion>(
  question: Question | undefined,
): AnswerOf<Question> | undefined {
  const [answer, setAnswer] = useState<{ key: string; value: AnswerOf<Question> | undefined }>();
  const newest = useRef(question);
  newest.current = question;
  const key = question === undefined ? '' : JSON.stringify(question);
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const asked = newest.current;
      if (asked === undefined) return;
      const value = await previewFrom(asked);
      if (!gone) setAnswer({ key, value });
    };
    void ask();
    // The state is set after each verdict, also when the text is the same: places move with the lines above them.
    const unsubscribe = usePreview.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), restMilliseconds);
    });
    return () => {
      gone = true;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [key]);
  return answer?.key === key ? answer.value : undefined;
}

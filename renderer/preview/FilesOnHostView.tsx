import { useEffect, useRef } from 'react';
import { PreviewSecrets } from '../secrets/PreviewSecrets.tsx';
import { goToPlace, placeWords } from './go-to-place.ts';
import { loadViews } from './load-views.ts';
import type { FilesOnHost } from './preview-questions.ts';
import type { TextView } from './text-view.ts';
import { useAnswer } from './use-answer.ts';

/** The network as files that lie on the running host. */
export function FilesOnHostView({
  host,
  as,
}: {
  readonly host: string;
  readonly as: 'netplan' | 'keyfiles';
}) {
  const answer = useAnswer({ kind: 'on-host', host, as });
  if (answer === undefined) return null;
  if (answer.files.length === 0) {
    return (
      <div className="empty">
        <p>This host has no network of its own: it comes up as the image has it.</p>
      </div>
    );
  }
  return (
    <div className="preview-document">
      <Losses losses={answer.losses} />
      <FilesText
        files={answer.files}
        label={`${as} of ${host}`}
        language={as === 'netplan' ? 'yaml' : 'plaintext'}
      />
      <PreviewSecrets text={answer.files.map(({ text }) => text).join('\n')} />
    </div>
  );
}

/** What a format cannot say is told before what it says. */
function Losses({ losses }: Pick<FilesOnHost, 'losses'>) {
  if (losses.length === 0) return null;
  return (
    <details className="fold losses">
      <summary>
        {losses.length === 1 ? '1 setting cannot be said' : `${losses.length} settings cannot be said`} in
        this format
      </summary>
      <ul>
        {losses.map(({ file, range, message }) => (
          <li key={`${file}:${range.start.line}:${range.start.column} ${message}`}>
            <button
              type="button"
              className="link-button"
              title={placeWords({ file, range })}
              onClick={() => goToPlace({ file, range })}
            >
              {message}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface FilesTextProps extends Pick<FilesOnHost, 'files'> {
  readonly label: string;
  readonly language: 'yaml' | 'plaintext';
}

function FilesText({ files, label, language }: FilesTextProps) {
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<TextView | undefined>(undefined);
  const text = files.map((file) => `# ${file.path}\n${file.text.trimEnd()}\n`).join('\n');
  const newest = useRef({ text, language });
  newest.current = { text, language };
  useEffect(() => {
    let gone = false;
    void loadViews().then(({ createTextView }) => {
      if (gone || element.current === null) return;
      view.current = createTextView(element.current, label);
      view.current.setText(newest.current.text, newest.current.language);
    });
    return () => {
      gone = true;
      view.current?.dispose();
      view.current = undefined;
    };
  }, [label]);
  useEffect(() => view.current?.setText(text, language), [text, language]);
  return <div className="preview-text" ref={element} data-testid="preview-text" />;
}

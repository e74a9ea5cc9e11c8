import { useState } from 'react';
import { topicsOf } from '#shared/compare/difference.ts';
import type { Freshness } from '#shared/compare/freshness.ts';
import { PanelTabs } from '../components/PanelTabs.tsx';
import { DifferenceList } from './DifferenceList.tsx';
import { momentWords } from './freshness-words.ts';
import { TextDifference } from './TextDifference.tsx';

/** What only a build would change: in words, and below it the documents of the image as they were built and are now. */
export function BuildComparison({ freshness }: { readonly freshness: Freshness | undefined }) {
  const [chosen, setChosen] = useState('');
  if (freshness === undefined) return null;
  const { build } = freshness;
  if (build === undefined) {
    return (
      <div className="empty">
        <p>There is no image for this host in out/ to compare with.</p>
      </div>
    );
  }
  const name = `the build of ${momentWords(build.at)}`;
  const documents = build.documents ?? [];
  const shown = documents.find(({ path }) => path === chosen) ?? documents[0];
  return (
    <div className="comparison">
      <p className="comparison-summary" role="status">
        <Summary build={build} name={name} />
      </p>
      {build.differences.length > 0 && (
        <DifferenceList
          differences={build.differences}
          columns={[
            ['there', 'as built'],
            ['here', 'now'],
          ]}
        />
      )}
      {shown === undefined ? (
        <p className="comparison-same muted">
          {build.documents === undefined
            ? 'The documents of that build are not kept any more.'
            : 'Its documents are the same, letter by letter.'}
        </p>
      ) : (
        <>
          <PanelTabs
            label="Documents that differ"
            controls="built-document"
            tabs={documents.map(({ path }) => ({ id: path, title: path }))}
            selected={shown.path}
            onSelect={setChosen}
          />
          <div
            className="comparison-document"
            id="built-document"
            role="tabpanel"
            aria-labelledby={`built-document-tab-${shown.path}`}
          >
            <TextDifference
              what={shown.path}
              before={{ of: name, text: shown.built }}
              now={{ of: 'now', text: shown.now }}
            />
          </div>
        </>
      )}
    </div>
  );
}

interface SummaryProps {
  readonly build: NonNullable<Freshness['build']>;
  readonly name: string;
}

function Summary({ build, name }: SummaryProps) {
  const image = <strong>{`${build.image}, ${name}`}</strong>;
  if (!build.known)
    return <>The image cannot be planned now: what differs from {image} is told by its documents only.</>;
  const topics = topicsOf(build.differences);
  if (topics.length === 0) return <>What is baked is the same as in {image}.</>;
  return (
    <>
      Differs from {image} in: {topics.join(', ')}.
    </>
  );
}

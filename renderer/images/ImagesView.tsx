import './images.css';
import { ArrowRight } from 'lucide-react';
import type { ImageSummary } from '#shared/site/analysis.ts';
import { BuildButton } from '../builds/BuildButton.tsx';
import '../builds/builds.css';
import { EngineUnavailable } from '../builds/EngineUnavailable.tsx';
import { JobArtifacts } from '../builds/JobArtifacts.tsx';
import { jobStateWords } from '../builds/job-words.ts';
import { lastArtifactJob, useJobs } from '../state/jobs.ts';
import { goTo } from '../state/layout.ts';
import { useSite } from '../state/site.ts';
import { openDocument } from '../workbench/documents.ts';

export function ImagesView() {
  const images = useSite((state) => state.overview?.images);
  return (
    <section className="view" aria-label="Images">
      <header className="view-header">
        <h1>Images</h1>
        <span className="muted tabular">{images?.length ?? ''}</span>
      </header>
      <EngineUnavailable />
      {images !== undefined && images.length === 0 ? (
        <div className="empty">
          <h2>This site has no images</h2>
          <p>
            An image is a document in images/ that names a base, elements, a host profile and its outputs.
          </p>
        </div>
      ) : (
        <ul className="images">
          {images?.map((image) => (
            <ImageItem key={image.path} image={image} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ImageItem({ image }: { readonly image: ImageSummary }) {
  const job = useJobs((state) => state.jobs.find((one) => one.image === image.name));
  const left = useJobs((state) => lastArtifactJob(state.jobs, image.name));
  return (
    <li className="image">
      <div className="image-heading">
        <h2>
          <button type="button" className="image-name" onClick={() => openDocument(image.path)}>
            {image.name}
          </button>
        </h2>
        {job !== undefined && (
          <button
            type="button"
            className="link-button small"
            onClick={() => {
              useJobs.setState({ selected: job.id });
              goTo('builds');
            }}
          >
            Build #{job.number} {jobStateWords[job.state]}
          </button>
        )}
        <span className="status-space" />
        <BuildButton image={image.name} />
      </div>
      <ImageChain image={image} />
      {left !== undefined && <JobArtifacts job={left} />}
      {left === undefined && <p className="muted small">Not built yet.</p>}
    </li>
  );
}

/** From what is baked to what comes out, in the order of the work: base, elements, host profile, outputs. */
function ImageChain({ image }: { readonly image: ImageSummary }) {
  const stages = [
    { title: 'Release', values: image.release === '' ? [] : [image.release] },
    { title: 'Elements', values: image.elements },
    { title: 'Host profile', values: image.profile === '' ? [] : [image.profile] },
    { title: 'Outputs', values: image.outputs },
  ].filter(({ values }) => values.length > 0);
  return (
    <dl className="image-chain">
      {stages.map(({ title, values }, index) => (
        <div key={title} className="image-stage">
          {index > 0 && <ArrowRight size={14} className="tone-muted image-arrow" aria-hidden />}
          <dt className="muted small">{title}</dt>
          <dd className="code">{values.join(', ')}</dd>
        </div>
      ))}
    </dl>
  );
}

import { Copy, Disc3, FolderOpen, LoaderCircle, Stamp } from 'lucide-react';
import { useState } from 'react';
import type { Artifact, Job } from '#shared/job.ts';
import { copyText, request } from '../bridge.ts';
import { useSite } from '../state/site.ts';
import { stampFor } from '../workbench/build.ts';
import { byteSize, momentWords } from './job-words.ts';

export function JobArtifacts({ job }: { readonly job: Job }) {
  if (job.artifacts.length === 0) return null;
  return (
    <ul className="artifacts" aria-label={`Artifacts of build #${job.number}`}>
      {job.artifacts.map((artifact) => (
        <ArtifactRow key={artifact.id} artifact={artifact} />
      ))}
    </ul>
  );
}

function ArtifactRow({ artifact }: { readonly artifact: Artifact }) {
  const [manifest, setManifest] = useState<string | undefined>(undefined);
  const { id, name, size, sha256, present, packagesFetched } = artifact;
  const toggleManifest = async () => {
    if (manifest !== undefined) return setManifest(undefined);
    const read = await request('artifact.manifest', { artifactId: id });
    if (read !== undefined) setManifest(read.text);
  };
  return (
    <li className="artifact">
      <div className="artifact-line">
        <Disc3 size={16} className="tone-muted state-icon" aria-hidden />
        <span className="artifact-name selectable truncate">{name}</span>
        <span className="muted tabular">{byteSize(size)}</span>
        <span className="artifact-digest code muted" title={`sha256 ${sha256}`}>
          sha256 {sha256.slice(0, 12)}…
        </span>
        <button
          type="button"
          className="icon-button"
          aria-label="Copy the digest"
          title="Copy the digest"
          onClick={() => void copyText(sha256)}
        >
          <Copy size={14} aria-hidden />
        </button>
        {packagesFetched !== undefined && (
          <span className="muted small tabular" title="When its packages were fetched from the mirror">
            packages of {momentWords(packagesFetched)}
          </span>
        )}
        {present ? (
          <div className="artifact-actions">
            <button
              type="button"
              className="button button-small button-plain"
              aria-expanded={manifest !== undefined}
              onClick={() => void toggleManifest()}
            >
              Manifest
            </button>
            <button
              type="button"
              className="button button-small button-plain"
              onClick={() => void request('artifact.show-in-folder', { artifactId: id })}
            >
              <FolderOpen size={14} aria-hidden />
              Show in folder
            </button>
            <StampButton artifact={artifact} />
          </div>
        ) : (
          <span className="artifact-actions tone-attention">removed or changed since</span>
        )}
      </div>
      {manifest !== undefined && (
        <section
          className="manifest selectable"
          aria-label={`Manifest of ${name}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
          tabIndex={0}
        >
          <pre>{manifest}</pre>
        </section>
      )}
    </li>
  );
}

function StampButton({ artifact }: { readonly artifact: Artifact }) {
  const host = useSite((state) => state.chosenHost);
  const [stamping, setStamping] = useState(false);
  if (host === null || artifact.format !== 'iso') return null;
  const stamp = async () => {
    setStamping(true);
    await stampFor(artifact.id, host);
    setStamping(false);
  };
  return (
    <button type="button" className="button button-small" disabled={stamping} onClick={() => void stamp()}>
      {stamping ? (
        <LoaderCircle size={14} className="turning" aria-hidden />
      ) : (
        <Stamp size={14} aria-hidden />
      )}
      {stamping ? 'Stamping' : 'Stamp'} for {host}
    </button>
  );
}

import { CircleCheck, CircleDashed, Hammer, Stamp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Freshness } from '#shared/compare/freshness.ts';
import { lastArtifactJob, useJobs } from '../state/jobs.ts';
import { compareWith } from '../state/preview.ts';
import { useSite } from '../state/site.ts';
import { stampFor, startBuild } from '../workbench/build.ts';
import { saveAllDocuments } from '../workbench/save-documents.ts';
import { buildReasons, momentWords, stampReasons, verdictOf } from './freshness-words.ts';

/** What is due for this host: nothing, a stamp of milliseconds, or a build of minutes. */
export function FreshnessBar({ freshness }: { readonly freshness: Freshness | undefined }) {
  if (freshness === undefined) return null;
  const { stamp, build } = freshness;
  switch (verdictOf(freshness)) {
    case 'unknown':
      return null;
    case 'never-stamped':
      return (
        <Bar icon={<CircleDashed size={14} className="tone-muted" aria-hidden />} title="Not stamped yet">
          <StampButton image={build?.image} label="Stamp" />
        </Bar>
      );
    case 'as-stamped':
      return (
        <Bar
          icon={<CircleCheck size={14} className="tone-fine" aria-hidden />}
          title={`As stamped on ${momentWords(stamp?.at ?? 0)}`}
          file={stamp?.file}
        />
      );
    case 'stamp-again':
      return stamp === undefined ? null : (
        <Bar
          icon={<Stamp size={14} className="tone-attention" aria-hidden />}
          title="Changed since the stamp"
          file={stamp.file}
          detail={stampReasons(stamp)}
        >
          {stamp.seed !== undefined && stamp.differences.length > 0 && <CompareButton to="stamp" />}
          <StampButton image={build?.image} label="Stamp again" />
        </Bar>
      );
    case 'rebuild':
      return build === undefined ? null : (
        <Bar
          icon={<Hammer size={14} className="tone-attention" aria-hidden />}
          title="Rebuild needed"
          detail={buildReasons(build)}
        >
          <CompareButton to="build" />
          <button type="button" className="button button-small" onClick={() => void startBuild(build.image)}>
            Build
          </button>
        </Bar>
      );
  }
}

interface BarProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly file?: string | undefined;
  readonly detail?: string;
  readonly children?: ReactNode;
}

function Bar({ icon, title, file, detail, children }: BarProps) {
  return (
    <section className="freshness" aria-label="Since the last stamp and build">
      <span className="freshness-icon">{icon}</span>
      <div className="freshness-words">
        <p title={file}>{title}</p>
        {detail !== undefined && detail !== '' && (
          <p className="freshness-detail muted selectable" data-testid="freshness-detail">
            {detail}
          </p>
        )}
      </div>
      {children !== undefined && <div className="freshness-actions">{children}</div>}
    </section>
  );
}

function CompareButton({ to }: { readonly to: 'stamp' | 'build' }) {
  return (
    <button
      type="button"
      className="button button-small button-plain"
      onClick={() => compareWith({ with: to })}
    >
      Compare
    </button>
  );
}

/** Only where there is an image to stamp into. */
function StampButton({ image, label }: { readonly image: string | undefined; readonly label: string }) {
  const host = useSite((state) => state.chosenHost);
  const artifact = useJobs((state) =>
    image === undefined
      ? undefined
      : lastArtifactJob(state.jobs, image)?.artifacts.find(
          ({ format, present }) => format === 'iso' && present,
        ),
  );
  const [stamping, setStamping] = useState(false);
  if (artifact === undefined || host === null) return null;
  const stamp = async () => {
    setStamping(true);
    // A stamp uses what is on disk.
    if (await saveAllDocuments()) await stampFor(artifact.id, host);
    setStamping(false);
  };
  return (
    <button type="button" className="button button-small" disabled={stamping} onClick={() => void stamp()}>
      {stamping ? 'Stamping…' : label}
    </button>
  );
}

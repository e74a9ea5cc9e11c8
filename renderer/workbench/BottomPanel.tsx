import { X } from 'lucide-react';
import { isFinished } from '#shared/job-state.ts';
import { BuildPane } from '../builds/BuildPane.tsx';
import { jobStateWords } from '../builds/job-words.ts';
import { PanelTabs } from '../components/PanelTabs.tsx';
import { LogView } from '../log/LogView.tsx';
import { ProblemsList } from '../problems/ProblemsList.tsx';
import { ReferencesList } from '../problems/ReferencesList.tsx';
import { shownJob, useJobs } from '../state/jobs.ts';
import { type BottomTab, changeLayout, showBottom, useLayout } from '../state/layout.ts';
import { useProblems } from '../state/problems.ts';
import { useReferences } from '../state/references.ts';

export function BottomPanel() {
  const references = useReferences((state) => state.found);
  const tab = useLayout((state) => state.bottomTab);
  return (
    <section className="bottom-panel" aria-label="Problems, build and log">
      <div className="bottom-header">
        <PanelTabs<BottomTab>
          label="Problems, build and log"
          controls="bottom-content"
          selected={tab}
          onSelect={showBottom}
          tabs={[
            { id: 'problems', title: <ProblemsTitle /> },
            { id: 'build', title: <BuildTitle /> },
            { id: 'log', title: 'Log' },
            ...(references === undefined
              ? []
              : [{ id: 'references' as const, title: <ReferencesTitle count={references.places.length} /> }]),
          ]}
        />
        <button
          type="button"
          className="icon-button"
          aria-label="Close the panel"
          onClick={() => changeLayout({ bottomOpen: false })}
        >
          <X size={14} aria-hidden />
        </button>
      </div>
      <div
        className="bottom-content"
        id="bottom-content"
        role="tabpanel"
        aria-labelledby={`bottom-content-tab-${tab}`}
      >
        {tab === 'problems' && <ProblemsList />}
        {tab === 'build' && <BuildPane />}
        {tab === 'log' && <ShownLog />}
        {tab === 'references' && references !== undefined && <ReferencesList found={references} />}
      </div>
    </section>
  );
}

function ReferencesTitle({ count }: { readonly count: number }) {
  return (
    <>
      Places
      <span className="muted tabular">{count}</span>
    </>
  );
}

function ProblemsTitle() {
  const { errors, warnings, infos } = useProblems((state) => state.counts);
  const all = errors + warnings + infos;
  return (
    <>
      Problems
      {all > 0 && <span className="muted tabular">{all}</span>}
    </>
  );
}

function BuildTitle() {
  const job = useJobs(shownJob);
  if (job === undefined) return 'Build';
  return (
    <>
      Build #{job.number}
      <span className={isFinished(job.state) ? 'muted' : 'tone-running'}>{jobStateWords[job.state]}</span>
    </>
  );
}

function ShownLog() {
  const id = useJobs((state) => shownJob(state)?.id);
  if (id === undefined) {
    return (
      <div className="empty">
        <p>The log of a build appears here, as it is written.</p>
      </div>
    );
  }
  return <LogView key={id} jobId={id} />;
}

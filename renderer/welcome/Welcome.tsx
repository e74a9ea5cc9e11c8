import './welcome.css';
import { FolderOpen, X } from 'lucide-react';
import { useSite } from '../state/site.ts';
import { chooseSite, createSite, forgetRecent, openExample, openRecent } from '../workbench/open-site.ts';

export function Welcome() {
  return (
    <main className="welcome">
      <div className="welcome-column">
        <h1>Siteforge</h1>
        <p>
          Describe a machine room in plain documents, see at once what every host will receive, and build the
          boot media that bring the machines up. Everything happens on this computer, without internet.
        </p>
        <div className="welcome-actions">
          <button type="button" className="button button-primary" onClick={() => void chooseSite()}>
            <FolderOpen size={14} aria-hidden />
            Open a site folder…
          </button>
          <button type="button" className="button" onClick={() => void createSite()}>
            New site…
          </button>
          <button type="button" className="button button-plain" onClick={() => void openExample()}>
            Open the example
          </button>
        </div>
        <p className="muted small">Or drop a folder on this window.</p>
        <RecentSites />
      </div>
    </main>
  );
}

function RecentSites() {
  const recent = useSite((state) => state.recent);
  if (recent.length === 0) return null;
  return (
    <section className="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">Recent</h2>
      <ul>
        {recent.map(({ siteId, name, folder, present }) => (
          <li key={siteId} className="recent-row">
            <button
              type="button"
              className="recent-open"
              disabled={!present}
              onClick={() => void openRecent(siteId)}
            >
              <span>{name}</span>
              <span className="muted small truncate">{present ? folder : `${folder} (not there now)`}</span>
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={`Forget ${name}`}
              title="Take it off this list; the folder stays"
              onClick={() => void forgetRecent(siteId)}
            >
              <X size={14} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

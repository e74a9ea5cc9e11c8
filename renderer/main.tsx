import './no-code-from-strings.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startAuthoring } from './authoring/client.ts';
import { startCommands } from './commands/start-commands.ts';
import { loadEditor } from './editor/load.ts';
import { startJobs } from './state/jobs.ts';
import { startSettings } from './state/settings.ts';
import { announceFinished } from './workbench/build.ts';
import { startSite } from './workbench/open-site.ts';
import { startFailureReports } from './workbench/report-failures.ts';
import { Window } from './workbench/Window.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');

startFailureReports();
startAuthoring();
void startSettings();
void startSite();
startCommands();
startJobs(announceFinished);
// React first: the editor's chunk is fetched while the frame is painted.
createRoot(root).render(
  <StrictMode>
    <Window />
  </StrictMode>,
);
requestAnimationFrame(() => void loadEditor());

import '#shared/schema/no-code-from-strings.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startAuthoring } from './authoring/client.ts';
import { startCommands } from './commands/start-commands.ts';
import { loadEditor } from './editor/load.ts';
import { askEngine, startJobs } from './state/jobs.ts';
import { startSettings } from './state/settings.ts';
import { atRest } from './workbench/at-rest.ts';
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
// Its chunk is fetched while main reads the site.
void loadEditor();
startCommands();
startJobs(announceFinished);
void atRest().then(askEngine);
createRoot(root).render(
  <StrictMode>
    <Window />
  </StrictMode>,
);

import { askEngine } from '../state/jobs.ts';
import { startBuild } from '../workbench/build.ts';
import { type Command, shortcut } from './command.ts';

/** Builds, and the engine that they need. */
export const buildCommands: readonly Command[] = [
  {
    id: 'build.start',
    title: 'Build the image',
    shortcut: shortcut('b'),
    needsSite: true,
    run: () => void startBuild(),
  },
  {
    id: 'build.refresh',
    title: 'Build again from the mirror',
    needsSite: true,
    run: () => void startBuild(undefined, true),
  },
  {
    id: 'engine.ask',
    title: 'Look for the container engine again',
    needsSite: false,
    run: () => void askEngine(),
  },
];

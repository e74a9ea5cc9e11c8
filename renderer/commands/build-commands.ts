import { askEngine } from '../state/jobs.ts';
import { startBuild } from '../workbench/build.ts';
import { type Command, shortcut } from './command.ts';

/** Builds, and the engine that they need. */
export const buildCommands: readonly Command[] = [
  {
    id: 'build.start',
    title: 'Build the image',
    words: 'compose assemble iso image make',
    shortcut: shortcut('b'),
    needsSite: true,
    run: () => void startBuild(),
  },
  {
    id: 'build.refresh',
    title: 'Build again from the mirror',
    words: 'rebuild without cache',
    needsSite: true,
    run: () => void startBuild(undefined, true),
  },
  {
    id: 'engine.ask',
    title: 'Look for the container engine again',
    words: 'docker podman',
    needsSite: false,
    run: () => void askEngine(),
  },
];

import { Disc3, FileText, Hammer, Server, Settings } from 'lucide-react';
import { isMac } from '../bridge.ts';
import { shortcutText } from '../commands/shortcut.ts';
import { runningJob, useJobs } from '../state/jobs.ts';
import { changeLayout, goTo, type Place, useLayout } from '../state/layout.ts';

const items = [
  { place: 'site', title: 'Site', Icon: FileText, key: '1' },
  { place: 'hosts', title: 'Hosts', Icon: Server, key: '2' },
  { place: 'images', title: 'Images', Icon: Disc3, key: '3' },
  { place: 'builds', title: 'Builds', Icon: Hammer, key: '4' },
] as const satisfies readonly { place: Place; title: string; Icon: typeof Disc3; key: string }[];

export function ActivityRail() {
  const place = useLayout((state) => state.place);
  const building = useJobs((state) => runningJob(state) !== undefined);
  return (
    <nav className="rail" aria-label="Places">
      {items.map(({ place: id, title, Icon, key }) => (
        <button
          key={id}
          type="button"
          className="rail-item"
          aria-current={id === place ? 'page' : undefined}
          title={`${title} (${shortcutText({ key, control: true, shift: false }, isMac())})`}
          onClick={() => goTo(id)}
        >
          <Icon size={18} strokeWidth={1.75} aria-hidden />
          {title}
          {id === 'builds' && building && (
            <span className="rail-mark">
              <span className="visually-hidden">a build is running</span>
            </span>
          )}
        </button>
      ))}
      <span className="rail-space" />
      <button
        type="button"
        className="rail-item"
        title={`Settings (${shortcutText({ key: ',', control: true, shift: false }, isMac())})`}
        onClick={() => changeLayout({ settingsOpen: true })}
      >
        <Settings size={18} strokeWidth={1.75} aria-hidden />
        Settings
      </button>
    </nav>
  );
}

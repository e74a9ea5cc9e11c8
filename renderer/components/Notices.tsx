import './notices.css';
import { AlertTriangle, CircleCheck, CircleX, X } from 'lucide-react';
import { dismissNotice, type Notice, useNotices } from '../state/notices.ts';
import { FailureDetail } from './FailureDetail.tsx';

const icons = { failed: CircleX, attention: AlertTriangle, fine: CircleCheck } as const;

export function Notices() {
  const notices = useNotices((state) => state.notices);
  return (
    <section className="notices" aria-label="Notifications" aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { id, tone, title, where, next, detail, action, times } = notice;
  const Icon = icons[tone];
  return (
    <div className="notice" data-tone={tone} role={tone === 'failed' ? 'alert' : undefined}>
      <Icon size={16} className={`state-icon tone-${tone}`} aria-hidden />
      <div className="notice-body">
        <p className="notice-title selectable">
          {title}
          {times > 1 && <span className="muted"> ({times} times)</span>}
        </p>
        {where !== undefined && <p className="code muted selectable">{where}</p>}
        {next !== undefined && <p className="muted selectable">{next}</p>}
        {action !== undefined && (
          <button
            type="button"
            className="button button-small notice-action"
            onClick={() => {
              dismissNotice(id);
              action.run();
            }}
          >
            {action.label}
          </button>
        )}
        <FailureDetail detail={detail} />
      </div>
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismissNotice(id)}>
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}

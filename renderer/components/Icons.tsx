import { AlertTriangle, CircleCheck, CircleX, Info } from 'lucide-react';
import type { Severity } from '#shared/diagnostics/diagnostic.ts';
import type { ProblemCount } from '#shared/site/analysis.ts';

const bySeverity = {
  error: { Icon: CircleX, tone: 'tone-failed', word: 'Error' },
  warning: { Icon: AlertTriangle, tone: 'tone-attention', word: 'Warning' },
  info: { Icon: Info, tone: 'tone-running', word: 'Note' },
} as const;

export function severityWord(severity: Severity): string {
  return bySeverity[severity].word;
}

export function SeverityIcon({ severity }: { readonly severity: Severity }) {
  const { Icon, tone } = bySeverity[severity];
  return <Icon size={14} className={`state-icon ${tone}`} aria-hidden />;
}

/** Never colour alone: a sign, a number, and the words for who does not see them. */
export function ProblemCounts({ errors, warnings }: ProblemCount) {
  if (errors === 0 && warnings === 0) return null;
  return (
    <span className="problem-count">
      {errors > 0 && (
        <span className="problem-count tone-failed">
          <CircleX size={12} aria-hidden />
          {errors}
          <span className="visually-hidden">{errors === 1 ? ' error' : ' errors'}</span>
        </span>
      )}
      {warnings > 0 && (
        <span className="problem-count tone-attention">
          <AlertTriangle size={12} aria-hidden />
          {warnings}
          <span className="visually-hidden">{warnings === 1 ? ' warning' : ' warnings'}</span>
        </span>
      )}
    </span>
  );
}

export function FineIcon() {
  return <CircleCheck size={14} className="state-icon tone-fine" aria-hidden />;
}

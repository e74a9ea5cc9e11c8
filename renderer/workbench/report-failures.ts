import { toFailure } from '#shared/errors.ts';
import { showFailure } from '../state/notices.ts';

/** Nothing that is thrown in the window is lost: it becomes a notice with its detail. */
export function startFailureReports(): void {
  window.addEventListener('unhandledrejection', (event) => {
    // Monaco rejects what it cancels itself (a hover that was left); that is no failure.
    if (event.reason instanceof Error && event.reason.name === 'Canceled') return event.preventDefault();
    showFailure(toFailure(event.reason));
  });
  window.addEventListener('error', (event) => {
    // Reported by Chromium when an observer's work moves to the next frame: harmless by its specification.
    if (event.message.startsWith('ResizeObserver loop')) return;
    showFailure(toFailure(event.error ?? event.message));
  });
}

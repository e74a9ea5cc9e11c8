import './secrets.css';
import { EyeOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { revealSecret } from './secrets-store.ts';

/** Seconds. Long enough to read a password to somebody, short enough for a walk to the rack. */
const visibleSeconds = 30;

/**
 * The value of a secret for as long as somebody looks at it: hidden after half a minute, and when the window loses the
 * focus. It lives in this component and nowhere else.
 */
export function RevealedValue({ name, onHide }: { readonly name: string; readonly onHide: () => void }) {
  const [value, setValue] = useState<string | undefined>(undefined);
  const [left, setLeft] = useState(visibleSeconds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another callback is no reason to ask for the value again
  useEffect(() => {
    let gone = false;
    void revealSecret(name).then((found) => {
      if (gone) return;
      if (found === undefined) onHide();
      else setValue(found);
    });
    const until = performance.now() + visibleSeconds * 1000;
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - performance.now()) / 1000);
      setLeft(seconds);
      if (seconds <= 0) onHide();
    }, 250);
    window.addEventListener('blur', onHide);
    return () => {
      gone = true;
      clearInterval(timer);
      window.removeEventListener('blur', onHide);
    };
  }, [name]);
  return (
    <div className="revealed">
      <output className="revealed-value code" aria-label={`Value of ${name}`}>
        {value}
      </output>
      <span className="revealed-side">
        <span className="muted small tabular" aria-hidden>
          {left} s
        </span>
        <button
          type="button"
          className="icon-button"
          aria-label={`Hide the value of ${name}`}
          title="Hide the value"
          onClick={onHide}
        >
          <EyeOff size={14} aria-hidden />
        </button>
      </span>
    </div>
  );
}

import './secrets.css';
import { Eye, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { secretsIn } from '#shared/secrets/mask.ts';
import { storedName } from '#shared/secrets/stored-name.ts';
import { RevealedValue } from './RevealedValue.tsx';
import { showSecrets, useSecrets } from './secrets-store.ts';

/** Below a text that a host receives: the secrets that are masked in it, each of which can be looked at for a moment. */
export function PreviewSecrets({ text }: { readonly text: string }) {
  const names = secretsIn(text);
  const [shown, setShown] = useState<string | undefined>(undefined);
  const known = useSecrets((state) => state.list?.secrets);
  if (names.length === 0) return null;
  const hasValue = (name: string) =>
    known &&
    storedName(
      name,
      known.map((one) => one.name),
    ) !== undefined;
  return (
    <section className="preview-secrets" aria-label="Secrets in this text">
      <ul className="preview-secret-names">
        {names.map((name) => (
          <li key={name} className="preview-secret">
            <KeyRound size={14} aria-hidden />
            <span className="truncate code">{name}</span>
            {hasValue(name) === false ? (
              <button type="button" className="link-button" onClick={() => showSecrets(name)}>
                Set the value
              </button>
            ) : (
              <button
                type="button"
                className="icon-button"
                aria-label={`Show the value of ${name}`}
                aria-expanded={shown === name}
                title="Show the value for half a minute"
                onClick={() => setShown(shown === name ? undefined : name)}
              >
                <Eye size={14} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown !== undefined && names.includes(shown) && (
        <RevealedValue key={shown} name={shown} onHide={() => setShown(undefined)} />
      )}
    </section>
  );
}

import type { ReactNode } from 'react';
import type { ImageElement } from '#shared/elements-form/read-elements.ts';

interface ElementCardProps {
  readonly title: string;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function ElementCard({ title, actions, children }: ElementCardProps) {
  return (
    <article className="element-card" aria-label={title}>
      <header className="element-heading">
        <h3 className="code truncate" title={title}>
          {title}
        </h3>
        {actions}
      </header>
      {children}
    </article>
  );
}

const unknownWords = {
  site: 'An element of this site, in its folder elements/.',
  builder: 'An element of diskimage-builder.',
  unknown: 'Neither the builder nor this site has an element of this name.',
} as const;

/** What an element does, installs and needs. */
export function ElementFactsList({ origin, facts }: Pick<ImageElement, 'origin' | 'facts'>) {
  if (facts === undefined) return <p className="muted">{unknownWords[origin]}</p>;
  const { does, packages, needs } = facts;
  return (
    <>
      <p>{does}</p>
      {packages.length + needs.length > 0 && (
        <dl className="element-facts small">
          {packages.length > 0 && (
            <div>
              <dt className="muted">Installs</dt>
              <dd className="code">{packages.join(', ')}</dd>
            </div>
          )}
          {needs.length > 0 && (
            <div>
              <dt className="muted">Needs</dt>
              <dd className="code">{needs.join(', ')}</dd>
            </div>
          )}
        </dl>
      )}
    </>
  );
}

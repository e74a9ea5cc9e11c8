import { X } from 'lucide-react';
import { useRef } from 'react';
import {
  changeOfNewRoute,
  changeOfRemovedRoute,
  changeOfText,
} from '#shared/network-form/network-changes.ts';
import type { WrittenRoute } from '#shared/network-form/read-network-form.ts';
import type { ValueChange } from '#shared/source/edit-value.ts';
import type { Range } from '#shared/source/source-text.ts';
import { ProblemLines, TextField } from '../document-forms/fields.tsx';
import { changeDocument } from '../forms/change-document.ts';
import { applyFirstFix } from '../workbench/apply-fix.ts';
import type { LinkFieldsProps } from './LinkFields.tsx';
import { NewRoute } from './NewRoute.tsx';

const columns = [
  { key: 'to', label: 'To', placeholder: 'default' },
  { key: 'via', label: 'Via', placeholder: '192.0.2.1' },
  { key: 'metric', label: 'Metric', placeholder: 'none' },
] as const;

const gatewayKeys = ['gateway4', 'gateway6'] as const;

const isDefault = (to: string | undefined) => to === 'default' || to === '0.0.0.0/0' || to === '::/0';

/** Where the packets of a link go. */
export function RouteFields({ path, link, problems, isReadOnly }: LinkFieldsProps) {
  const routes = useRef<HTMLFieldSetElement>(null);
  const change = (changes: readonly ValueChange[]) => void changeDocument(path, changes);
  const setRoute = (route: WrittenRoute, key: string, text: string) => {
    const place = [...route.path, key];
    const value = key === 'metric' && /^\d{1,9}$/.test(text) ? Number(text) : text;
    change([text === '' ? { type: 'remove', path: place } : { type: 'set', path: place, value }]);
  };
  const hasDefault = link.routes.some(({ to }) => isDefault(to)) || link.gateway4 !== undefined;
  const deprecated = gatewayKeys
    .flatMap((key) => problems.at([...link.path, key]))
    .find(({ code }) => code === 'network-deprecated');
  // The button goes with the gateway: the keyboard stays among the routes.
  const writeAsRoute = async (range: Range) => {
    await applyFirstFix(path, range);
    routes.current?.focus();
  };
  return (
    <fieldset className="form-field list-field route-list" ref={routes} tabIndex={-1}>
      <legend className="form-label">Gateway and routes</legend>
      {gatewayKeys.map(
        (key) =>
          link[key] !== undefined && (
            <TextField
              key={key}
              label={key === 'gateway4' ? 'Gateway, IPv4' : 'Gateway, IPv6'}
              value={link[key]}
              problems={problems.at([...link.path, key])}
              disabled={isReadOnly}
              onTake={(text) => change(changeOfText(link, [key], text))}
            />
          ),
      )}
      {deprecated !== undefined && !isReadOnly && (
        <button
          type="button"
          className="button button-small button-plain add-button"
          onClick={() => void writeAsRoute(deprecated.range)}
        >
          Write as a default route
        </button>
      )}
      {link.routes.map((route, index) => (
        // Routes have no name of their own.
        <div key={route.path.join(' ')} className="route-fields">
          {columns.map(({ key, label, placeholder }) => (
            <TextField
              key={key}
              label={`${label}, route ${index + 1}`}
              isLabelHidden
              value={route[key]}
              placeholder={key === 'metric' ? 'metric' : placeholder}
              problems={problems.under([...route.path, key])}
              disabled={isReadOnly}
              onTake={(text) => setRoute(route, key, text)}
            />
          ))}
          <button
            type="button"
            className="icon-button"
            aria-label={`Remove the route to ${route.to ?? 'nowhere'}`}
            title={`Remove the route to ${route.to ?? 'nowhere'}`}
            disabled={isReadOnly}
            onClick={() => change(changeOfRemovedRoute(link, index))}
          >
            <X size={14} aria-hidden />
          </button>
          <div className="form-wide small">
            <ProblemLines problems={problems.at(route.path)} />
          </div>
        </div>
      ))}
      <div className="small">
        <ProblemLines problems={problems.at([...link.path, 'routes'])} />
      </div>
      {!isReadOnly && (
        <NewRoute isDefault={!hasDefault} onAdd={(route) => change(changeOfNewRoute(link, route))} />
      )}
    </fieldset>
  );
}

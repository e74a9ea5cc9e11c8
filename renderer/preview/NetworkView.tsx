import { Maximize2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { LinkFacts, NetworkFacts } from '#shared/render/network-drawing.ts';
import type { Place } from '#shared/source/source-place.ts';
import { goToPlace, placeWords } from './go-to-place.ts';
import { NetworkDrawing } from './NetworkDrawing.tsx';
import { addressesOf, kindWords, nameOf } from './network-layout.ts';
import { useAnswer } from './use-answer.ts';

const EnlargedNetwork = lazy(() =>
  import('./EnlargedNetwork.tsx').then((module) => ({ default: module.EnlargedNetwork })),
);

/** The host's network as a picture, and the same as a table. */
export function NetworkView({ host }: { readonly host: string }) {
  const network = useAnswer({ kind: 'network', host });
  const [enlarged, setEnlarged] = useState(false);
  if (network === undefined || network.links.length === 0) {
    return (
      <div className="empty">
        <p>The network configuration of this host defines no link.</p>
      </div>
    );
  }
  const { links, routes, nameServers, search } = network;
  return (
    <div className="preview-document">
      <div className="preview-tools">
        <span className="muted">{countWords(network)}</span>
        <span className="status-space" />
        <button
          type="button"
          className="icon-button"
          aria-label="Enlarge the drawing"
          title="Enlarge the drawing"
          onClick={() => setEnlarged(true)}
        >
          <Maximize2 size={14} aria-hidden />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as below */}
      <section className="network-view" aria-label={`Network of ${host}`} tabIndex={0}>
        <div className="network-scroll">
          <NetworkDrawing network={network} host={host} />
        </div>
        <LinkTable links={links} />
        {routes.length > 0 && <RouteTable routes={routes} />}
        {nameServers.length + search.length > 0 && (
          <>
            <h3>Name servers</h3>
            <p className="code selectable">{[...nameServers, ...search].join('  ')}</p>
          </>
        )}
      </section>
      {enlarged && (
        <Suspense>
          <EnlargedNetwork network={network} host={host} onClose={() => setEnlarged(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** `7 links, 4 addresses` */
function countWords({ links }: NetworkFacts): string {
  const addresses = links.reduce((sum, link) => sum + addressesOf(link).length, 0);
  const several = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;
  return `${several(links.length, 'link', 'links')}, ${several(addresses, 'address', 'addresses')}`;
}

function LinkTable({ links }: { readonly links: readonly LinkFacts[] }) {
  return (
    <>
      <h3>Links</h3>
      <Scrolled label="Table of the links">
        <table className="data-table link-table selectable">
          <thead>
            <tr>
              <th scope="col">Link</th>
              <th scope="col">Kind</th>
              <th scope="col">Over</th>
              <th scope="col">Addresses</th>
              <th scope="col">MTU</th>
              <th scope="col">MAC</th>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <tr key={link.id}>
                <td>
                  <Source place={link.place}>{nameOf(link)}</Source>
                </td>
                <td>{kindWords(link) || 'physical'}</td>
                <td className="code">{link.below.join(' ')}</td>
                <td className="code">
                  {addressesOf(link).map((address, index) => (
                    <div key={address}>
                      <Source place={link.addressPlaces[index]}>{address}</Source>
                    </div>
                  ))}
                </td>
                <td className="code">{link.mtu ?? ''}</td>
                <td className="code">{link.mac ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </>
  );
}

function RouteTable({ routes }: Pick<NetworkFacts, 'routes'>) {
  return (
    <>
      <h3>Routes</h3>
      <table className="data-table selectable">
        <thead>
          <tr>
            <th scope="col">To</th>
            <th scope="col">Via</th>
            <th scope="col">Link</th>
          </tr>
        </thead>
        <tbody>
          {routes.map(({ to, via, link, place }) => (
            <tr key={`${to} ${via} ${link}`}>
              <td>
                <Source place={place}>{to}</Source>
              </td>
              <td className="code">{via}</td>
              <td className="code">{link}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** A value that leads to where it is written. */
function Source({ place, children }: { readonly place: Place | undefined; readonly children: ReactNode }) {
  if (place === undefined) return <span className="code">{children}</span>;
  return (
    <button
      type="button"
      className="value-button code"
      title={`Go to ${placeWords(place)}`}
      onClick={() => goToPlace(place)}
    >
      {children}
    </button>
  );
}

/** What may be wider than the pane scrolls by itself, by keyboard too. */
function Scrolled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section className="network-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

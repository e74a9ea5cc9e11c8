import { type ReactNode, useMemo } from 'react';
import type { LinkSummary } from '#shared/network/summary.ts';
import type { Preview } from '../authoring/protocol.ts';
import { addressesOf, type DrawnLink, kindWords, layoutNetwork, nameOf } from './network-layout.ts';

/** The host's network as a picture, and the same as a table. */
export function NetworkView({ preview }: { readonly preview: Preview }) {
  const { links, routes, nameServers, search } = preview.network;
  if (links.length === 0) {
    return (
      <div className="empty">
        <p>The network configuration of this host defines no link.</p>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as below
    <section className="network-view" aria-label={`Network of ${preview.host}`} tabIndex={0}>
      <Scrolled label="Drawing of the links">
        <NetworkDrawing links={links} />
      </Scrolled>
      <LinkTable links={links} />
      {routes.length > 0 && (
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
              {routes.map(({ to, via, link }) => (
                <tr key={`${to} ${via} ${link}`}>
                  <td className="code">{to}</td>
                  <td className="code">{via}</td>
                  <td className="code">{link}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {nameServers.length + search.length > 0 && (
        <>
          <h3>Name servers</h3>
          <p className="code selectable">{[...nameServers, ...search].join('  ')}</p>
        </>
      )}
    </section>
  );
}

function NetworkDrawing({ links }: { readonly links: readonly LinkSummary[] }) {
  const { width, height, links: drawn, edges } = useMemo(() => layoutNetwork(links), [links]);
  return (
    // The table below says the same in words.
    <svg
      className="network-drawing"
      aria-hidden="true"
      width={width + 2}
      height={height + 2}
      viewBox={`-1 -1 ${width + 2} ${height + 2}`}
      role="presentation"
    >
      {edges.map(({ key, path }) => (
        <path key={key} className="drawing-edge" d={path} />
      ))}
      {drawn.map((node) => (
        <DrawingNode key={node.link.id} node={node} />
      ))}
    </svg>
  );
}

function DrawingNode({ node }: { readonly node: DrawnLink }) {
  const { link, x, y, width, height, lines } = node;
  return (
    <g>
      <rect
        className="drawing-node"
        data-addressed={addressesOf(link).length > 0 || undefined}
        x={x}
        y={y}
        width={width}
        height={height}
        rx={4}
      />
      <text x={x + 10} y={y + 20} fontWeight={600}>
        {nameOf(link)}
      </text>
      {lines.map((line, index) => (
        <text
          key={line}
          className={addressesOf(link).includes(line) ? 'drawing-address' : 'drawing-detail'}
          x={x + 10}
          y={y + 38 + index * 16}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

function LinkTable({ links }: { readonly links: readonly LinkSummary[] }) {
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
                <td className="code">{nameOf(link)}</td>
                <td>{kindWords(link)}</td>
                <td className="code">{link.below.join(' ')}</td>
                <td className="code">
                  {addressesOf(link).map((address) => (
                    <div key={address}>{address}</div>
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

/** What may be wider than the pane scrolls by itself, by keyboard too. */
function Scrolled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled area must be reachable by keyboard
    <section className="network-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

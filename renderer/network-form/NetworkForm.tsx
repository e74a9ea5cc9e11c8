import './network-form.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { NetworkFormat } from '#shared/network/model.ts';
import { factsOfDocument, factsOfForm } from '#shared/network-form/drawing-of-form.ts';
import { FormProblems } from '#shared/network-form/form-problems.ts';
import { formatOfNetwork, readVersion2Form } from '#shared/network-form/read-network-form.ts';
import type { SourceNode } from '#shared/source/source-node.ts';
import { mayConvert, showConvert } from '../convert/convert-store.ts';
import { BrokenText } from '../document-forms/BrokenText.tsx';
import { type FormDocument, useFormDocument } from '../document-forms/use-form-document.ts';
import { NetworkDrawing } from '../preview/NetworkDrawing.tsx';
import { AddLink } from './AddLink.tsx';
import { LinkFields } from './LinkFields.tsx';

/** A network document as a drawing whose links are edited beside it. */
export function NetworkForm({ path }: { readonly path: string }) {
  const document = useFormDocument(path);
  const format = useMemo(() => document?.root && formatOfNetwork(document.root), [document?.root]);
  if (document === undefined) return null;
  const { root } = document;
  if (root === undefined) return <BrokenText path={path} />;
  if (format === 'network-config-v2') return <EditedNetwork path={path} document={document} root={root} />;
  return <DrawnNetwork path={path} root={root} format={format} />;
}

const formatWords: Readonly<Record<NetworkFormat, string>> = {
  'network-config-v1': 'cloud-init’s version 1',
  'network-config-v2': 'cloud-init’s version 2',
  nmstate: 'NMState',
  'network-data': 'OpenStack network_data',
};

interface DrawnNetworkProps {
  readonly path: string;
  readonly root: SourceNode;
  readonly format: NetworkFormat | undefined;
}

/** Formats that are drawn, and edited as text. */
function DrawnNetwork({ path, root, format }: DrawnNetworkProps) {
  const facts = useMemo(() => factsOfDocument(root), [root]);
  if (facts === undefined || format === undefined || facts.links.length === 0) {
    return (
      <div className="empty">
        <h2>Nothing to draw</h2>
        <p>This document defines no link.</p>
      </div>
    );
  }
  return (
    <div className="network-form">
      <div className="network-form-drawing">
        <p className="muted network-form-note">
          This network is written in {formatWords[format]}. The drawing edits version 2 only: choose a link to
          go to its text{mayConvert(path) ? ', or ' : '.'}
          {mayConvert(path) && (
            <button type="button" className="link-button" onClick={() => showConvert(path)}>
              convert it…
            </button>
          )}
        </p>
        <div className="network-form-scroll">
          <NetworkDrawing network={{ ...facts, nameServers: [], search: [] }} host={path} />
        </div>
      </div>
    </div>
  );
}

interface EditedNetworkProps {
  readonly path: string;
  readonly document: FormDocument;
  readonly root: SourceNode;
}

function EditedNetwork({ path, document, root }: EditedNetworkProps) {
  const { source, problems: found, isReadOnly } = document;
  const network = useMemo(() => readVersion2Form(root), [root]);
  const facts = useMemo(() => factsOfForm(network), [network]);
  const problems = useMemo(() => new FormProblems(source, root, found), [source, root, found]);
  const fields = useRef<HTMLElement>(null);
  const [wanted, setWanted] = useState({ id: network.links[0]?.id, index: 0 });
  const [asked, setAsked] = useState(0);
  // In a small window the settings lie below the drawing: who asked for them sees them. Arrows stay in the drawing.
  useEffect(() => {
    if (asked > 0) fields.current?.scrollIntoView({ block: 'nearest' });
  }, [asked]);
  const show = () => setAsked((before) => before + 1);
  const { links } = network;
  // Who is renamed or undone stands at the same place; the first stays when the last one goes.
  const link = links.find(({ id }) => id === wanted.id) ?? links[Math.min(wanted.index, links.length - 1)];
  const choose = (id: string) => {
    const owner = links.some((each) => each.id === id)
      ? id
      : facts.routes.find(({ via }) => id === `gateway ${via}`)?.link;
    const index = links.findIndex((each) => each.id === owner);
    setWanted({ id: owner ?? id, index: Math.max(0, index) });
  };
  const severities = useMemo(
    () =>
      new Map(
        links.flatMap(({ id, path: place }) => {
          const own = problems.under(place);
          const gravest = (['error', 'warning'] as const).find((each) =>
            own.some(({ severity }) => severity === each),
          );
          return gravest === undefined ? [] : [[id, gravest] as const];
        }),
      ),
    [links, problems],
  );
  return (
    <div className="network-form">
      <div className="network-form-drawing">
        <AddLink
          path={path}
          network={network}
          chosen={link}
          isReadOnly={isReadOnly}
          onAdded={(id) => {
            setWanted({ id, index: links.length });
            show();
          }}
        />
        <div className="network-form-scroll">
          {links.length === 0 ? (
            <p className="muted">No link yet. Add the first one.</p>
          ) : (
            <NetworkDrawing
              network={{ ...facts, nameServers: [], search: [] }}
              host={path}
              choice={{
                chosen: link?.id,
                severities,
                onChoose: choose,
                onClicked: show,
                onEnter: () => {
                  fields.current
                    ?.querySelector<HTMLElement>('button, input, select')
                    ?.focus({ preventScroll: true });
                  show();
                },
              }}
            />
          )}
        </div>
      </div>
      {link !== undefined && (
        <section className="network-form-fields" aria-label={`Settings of ${link.id}`} ref={fields}>
          <LinkFields
            key={`${link.section} ${link.id}`}
            path={path}
            network={network}
            link={link}
            problems={problems}
            isReadOnly={isReadOnly}
          />
        </section>
      )}
    </div>
  );
}

import {
  AlertTriangle,
  Box,
  Cable,
  Combine,
  EthernetPort,
  type LucideIcon,
  Network,
  RefreshCw,
  Router,
  Tag,
} from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { NetworkFacts } from '#shared/render/network-drawing.ts';
import { severityWord } from '../components/Icons.tsx';
import { goToPlace, placeWords } from './go-to-place.ts';
import {
  addressHeight,
  chainOf,
  type DrawnNode,
  detailHeight,
  headHeight,
  layoutNetwork,
  neighbourOf,
} from './network-layout.ts';

const icons: Readonly<Record<DrawnNode['kind'], LucideIcon>> = {
  physical: EthernetPort,
  bond: Combine,
  vlan: Tag,
  bridge: Network,
  loopback: RefreshCw,
  dummy: Box,
  other: Cable,
  gateway: Router,
};

/** Below this share of its size the drawing scrolls instead of becoming smaller still. */
const smallestScale = 0.9;

/** What a click or Enter means where links are edited instead of looked up. */
export interface DrawingChoice {
  readonly chosen: string | undefined;
  /** Of nodes with findings, the gravest. */
  readonly severities: ReadonlyMap<string, 'error' | 'warning'>;
  readonly onChoose: (id: string) => void;
  /** After a click, which leaves the keyboard in the drawing. */
  readonly onClicked: () => void;
  /** Enter on what is chosen: the keyboard goes to its fields. */
  readonly onEnter: () => void;
}

interface NetworkDrawingProps {
  readonly network: NetworkFacts;
  /** Or the document, when it is one that is drawn. */
  readonly host: string;
  readonly choice?: DrawingChoice;
  /** Called before the source of a node is shown. */
  readonly onGo?: () => void;
}

/** The links from the cable to the gateway. One tab stop; arrows follow the lines, Enter goes to the source. */
export function NetworkDrawing({ network, host, choice, onGo }: NetworkDrawingProps) {
  const drawing = useMemo(() => layoutNetwork(network), [network]);
  const { width, height, nodes, edges } = drawing;
  const [entered, setEntered] = useState<string>();
  const [pointed, setPointed] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const svg = useRef<SVGSVGElement>(null);
  const active = pointed ?? focused;
  const chain = useMemo(() => (active === undefined ? undefined : chainOf(active, edges)), [active, edges]);
  const known = [entered, choice?.chosen].find((id) => nodes.some((node) => node.id === id));
  const stop = known ?? nodes[0]?.id;
  // Where links are edited, what is not beside the chosen one is read as well.
  const dimChain = choice === undefined ? chain : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stop === undefined ? undefined : neighbourOf(drawing, stop, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setEntered(next);
    choice?.onChoose(next);
    svg.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of links inside a drawing has no element of its own
    <svg
      ref={svg}
      className="network-drawing"
      role="group"
      aria-label={`Drawing of the network of ${host}: arrow keys follow the lines, Enter goes to the ${choice === undefined ? 'source' : 'settings'}`}
      viewBox={`-2 -2 ${width + 4} ${height + 4}`}
      style={{ width: width + 4, minWidth: (width + 4) * smallestScale }}
      onKeyDown={onKeyDown}
    >
      {edges.map(({ key, from, to, path }) => (
        <path
          key={key}
          className="drawing-edge"
          d={path}
          data-dim={isDim(dimChain, from) || isDim(dimChain, to) || undefined}
          data-lit={(chain?.has(from) && chain.has(to)) || undefined}
        />
      ))}
      {nodes.map((node) => (
        <NodeGroup
          key={node.id}
          node={node}
          isStop={node.id === stop}
          isDim={isDim(dimChain, node.id)}
          choice={choice}
          onPoint={setPointed}
          onGo={onGo}
          onFocus={(id) => {
            setFocused(id);
            if (id !== undefined) setEntered(id);
          }}
        />
      ))}
    </svg>
  );
}

function isDim(chain: ReadonlySet<string> | undefined, id: string): boolean {
  return chain !== undefined && !chain.has(id);
}

interface NodeGroupProps {
  readonly node: DrawnNode;
  readonly isStop: boolean;
  readonly isDim: boolean;
  readonly choice: DrawingChoice | undefined;
  readonly onGo: (() => void) | undefined;
  readonly onPoint: (id: string | undefined) => void;
  readonly onFocus: (id: string | undefined) => void;
}

function NodeGroup({ node, isStop, isDim, choice, onGo, onPoint, onFocus }: NodeGroupProps) {
  const { id, kind, name, detail, addresses, place, label, x, y, width, height } = node;
  const Icon = icons[kind];
  const severity = choice?.severities.get(id);
  const go = () => {
    if (choice !== undefined) return choice.onChoose(id);
    if (place === undefined) return;
    onGo?.();
    goToPlace(place);
  };
  const words = [label, ...(severity === undefined ? [] : [severityWord(severity)])].join('. ');
  const leads = choice === undefined && place !== undefined;
  const below = y + headHeight + (detail === '' ? 0 : detailHeight) + 2;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a link, or a button where links are edited
    <g
      className="drawing-node"
      role={choice === undefined ? 'link' : 'button'}
      tabIndex={isStop ? 0 : -1}
      aria-label={leads ? `${words}. ${placeWords(place)}` : words}
      {...(choice === undefined ? {} : { 'aria-pressed': choice.chosen === id })}
      data-node={id}
      data-kind={kind}
      data-chosen={choice?.chosen === id || undefined}
      data-severity={severity}
      data-dim={isDim || undefined}
      onClick={() => {
        go();
        choice?.onClicked();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && (choice === undefined || event.key !== ' ')) return;
        event.preventDefault();
        go();
        choice?.onEnter();
      }}
      onPointerEnter={() => onPoint(id)}
      onPointerLeave={() => onPoint(undefined)}
      onFocus={() => onFocus(id)}
      onBlur={() => onFocus(undefined)}
    >
      <title>{leads ? `${words}\nGo to ${placeWords(place)}` : words}</title>
      <rect
        className="drawing-box"
        x={x}
        y={y}
        width={width}
        height={height}
        rx={kind === 'gateway' ? 8 : 4}
      />
      <Icon x={x + 8} y={y + 8} size={14} className="drawing-icon" aria-hidden />
      <text className="drawing-name" x={x + 28} y={y + 20}>
        {name}
      </text>{' '}
      {severity !== undefined && (
        <AlertTriangle x={x + width - 20} y={y + 8} size={14} className="drawing-severity" aria-hidden />
      )}
      {detail !== '' && (
        <text className="drawing-detail" x={x + 8} y={y + headHeight + 10}>
          {detail}
        </text>
      )}
      {addresses.map((address, index) => (
        <g key={address}>
          <rect
            className="drawing-address-box"
            x={x + 4}
            y={below + index * addressHeight + 1}
            width={width - 8}
            height={addressHeight - 3}
            rx={4}
          />{' '}
          <text className="drawing-address" x={x + 8} y={below + index * addressHeight + 13}>
            {address}
          </text>
        </g>
      ))}
    </g>
  );
}

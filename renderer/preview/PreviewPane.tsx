import './preview.css';
import { X } from 'lucide-react';
import type { ChangeEvent } from 'react';
import type { SeedDocument } from '#shared/render/host-origins.ts';
import type { Preview } from '../authoring/protocol.ts';
import { PanelTabs } from '../components/PanelTabs.tsx';
import { PreviewSecrets } from '../secrets/PreviewSecrets.tsx';
import { changeLayout, type PreviewTab, useLayout } from '../state/layout.ts';
import { type Compared, compareWith, type NetworkAs, usePreview } from '../state/preview.ts';
import { useSite } from '../state/site.ts';
import { BuildComparison } from './BuildComparison.tsx';
import { ErrorsNote } from './ErrorsNote.tsx';
import { FilesOnHostView } from './FilesOnHostView.tsx';
import { FreshnessBar } from './FreshnessBar.tsx';
import { NetworkView } from './NetworkView.tsx';
import { PreviewComparison } from './PreviewComparison.tsx';
import { PreviewText } from './PreviewText.tsx';
import { compareSelectId } from './preview-commands.ts';
import { useFreshness } from './use-freshness.ts';

const tabs = [
  { id: 'user-data', title: 'user-data' },
  { id: 'network', title: 'network' },
  { id: 'meta', title: 'meta' },
  { id: 'vendor', title: 'vendor' },
  { id: 'links', title: 'Links' },
] as const;

/** Who goes to the other host of a comparison still compares the two. */
useSite.subscribe(({ chosenHost, site }, before) => {
  const { compared } = usePreview.getState();
  if (site?.siteId !== before.site?.siteId) compareWith({ with: 'nothing' });
  else if (compared.with === 'host' && compared.name === chosenHost && before.chosenHost !== null)
    if (before.chosenHost !== chosenHost) compareWith({ with: 'host', name: before.chosenHost });
});

/** What the chosen host will receive, as it is typed. */
export function PreviewPane() {
  const host = useSite((state) => state.chosenHost);
  const tab = useLayout((state) => state.previewTab);
  const freshness = useFreshness();
  // A build is none of the texts that a host receives.
  const isOfBuild = usePreview((state) => state.compared.with === 'build');
  return (
    <section className="pane preview" aria-label="Preview">
      <div className="preview-header">
        <div className="preview-title">
          <h2 className="truncate">{host ?? 'Preview'}</h2>
          <span className="status-space" />
          <CompareSelect
            isStamped={freshness?.stamp?.seed !== undefined}
            isBuilt={freshness?.build !== undefined}
          />
          <button
            type="button"
            className="icon-button"
            aria-label="Close the preview"
            title="Close the preview (Ctrl+Shift+V)"
            onClick={() => changeLayout({ previewOpen: false })}
          >
            <X size={14} aria-hidden />
          </button>
        </div>
        {!isOfBuild && (
          <PanelTabs<PreviewTab>
            label="What the host receives"
            controls="preview-content"
            tabs={tabs}
            selected={tab}
            onSelect={(previewTab) => changeLayout({ previewTab })}
          />
        )}
      </div>
      <ErrorsNote />
      <div
        className="preview-content"
        id="preview-content"
        {...(isOfBuild
          ? { role: 'region', 'aria-label': 'Compared with the last build' }
          : { role: 'tabpanel', 'aria-labelledby': `preview-content-tab-${tab}` })}
      >
        <PreviewContent tab={tab} freshness={freshness} />
      </div>
      <FreshnessBar freshness={freshness} />
    </section>
  );
}

interface CompareSelectProps {
  readonly isStamped: boolean;
  readonly isBuilt: boolean;
}

function CompareSelect({ isStamped, isBuilt }: CompareSelectProps) {
  const host = useSite((state) => state.chosenHost);
  const hosts = useSite((state) => state.overview?.hosts);
  const compared = usePreview((state) => state.compared);
  const others = hosts?.filter(({ name }) => name !== host) ?? [];
  const choose = ({ target }: ChangeEvent<HTMLSelectElement>) => compareWith(comparedOf(target.value));
  return (
    <select
      className="preview-select"
      id={compareSelectId}
      aria-label="Compare with"
      title="Compare with the last stamp, the last build or another host"
      value={compared.with === 'host' ? `host ${compared.name}` : compared.with}
      onChange={choose}
    >
      <option value="nothing">{compared.with === 'nothing' ? 'Compare with…' : 'No comparison'}</option>
      {(isStamped || compared.with === 'stamp') && (
        <option value="stamp">
          {compared.with === 'stamp' ? 'Compared with the last stamp' : 'Last stamp'}
        </option>
      )}
      {(isBuilt || compared.with === 'build') && (
        <option value="build">
          {compared.with === 'build' ? 'Compared with the last build' : 'Last build'}
        </option>
      )}
      {others.length > 0 && (
        <optgroup label="Hosts">
          {others.map(({ name, path }) => (
            <option key={path} value={`host ${name}`}>
              {compared.with === 'host' && compared.name === name ? `Compared with ${name}` : name}
            </option>
          ))}
        </optgroup>
      )}
    </select>
  );
}

function comparedOf(value: string): Compared {
  if (value.startsWith('host ')) return { with: 'host', name: value.slice('host '.length) };
  return { with: value === 'stamp' || value === 'build' ? value : 'nothing' };
}

interface ContentProps {
  readonly tab: PreviewTab;
  readonly freshness: ReturnType<typeof useFreshness>;
}

function PreviewContent({ tab, freshness }: ContentProps) {
  const preview = usePreview((state) => state.preview);
  const compared = usePreview((state) => state.compared);
  const hasHosts = useSite((state) => (state.overview?.hosts.length ?? 1) > 0);
  if (!hasHosts) {
    return (
      <div className="empty">
        <p>A host in hosts/ is shown here as it will receive its seed: user-data, network and meta-data.</p>
      </div>
    );
  }
  if (preview === null) {
    return (
      <div className="empty">
        <p>This host cannot be rendered yet: mend the errors in its document first.</p>
      </div>
    );
  }
  if (preview === undefined) return null;
  if (compared.with === 'build') return <BuildComparison freshness={freshness} />;
  const isItself = compared.with === 'host' && compared.name === preview.host;
  if (compared.with !== 'nothing' && !isItself)
    return <PreviewComparison preview={preview} tab={tab} compared={compared} freshness={freshness} />;
  if (tab === 'links') return <NetworkView host={preview.host} />;
  return <PreviewDocument preview={preview} tab={tab} />;
}

export type TextTab = Exclude<PreviewTab, 'links'>;

const documents: Readonly<Record<TextTab, SeedDocument>> = {
  'user-data': 'user-data',
  network: 'network-config',
  meta: 'meta-data',
  vendor: 'vendor-data',
};

function PreviewDocument({ preview, tab }: { readonly preview: Preview; readonly tab: TextTab }) {
  const networkAs = usePreview((state) => state.networkAs);
  const originsShown = usePreview((state) => state.originsShown);
  const isSeed = tab !== 'network' || networkAs === 'seed';
  return (
    <div className="preview-document">
      <div className="preview-tools">
        {tab === 'network' && <NetworkAsSelect />}
        <span className="status-space" />
        {isSeed && (
          <button
            type="button"
            className="button button-small button-plain"
            aria-pressed={originsShown}
            title="Show where each line comes from; Alt+click or Enter on a line goes there"
            onClick={() => usePreview.setState({ originsShown: !originsShown })}
          >
            Show origins
          </button>
        )}
      </div>
      {isSeed ? (
        <>
          <PreviewText
            text={textOf(preview, tab)}
            label={`${tab} of ${preview.host}`}
            host={preview.host}
            document={documents[tab]}
          />
          <PreviewSecrets text={textOf(preview, tab)} />
        </>
      ) : (
        <FilesOnHostView host={preview.host} as={networkAs === 'keyfiles' ? 'keyfiles' : 'netplan'} />
      )}
    </div>
  );
}

const networkFormats: readonly { readonly id: NetworkAs; readonly title: string }[] = [
  { id: 'seed', title: 'As stamped: network-config' },
  { id: 'netplan', title: 'On the host: netplan' },
  { id: 'keyfiles', title: 'On the host: NetworkManager' },
];

function NetworkAsSelect() {
  const networkAs = usePreview((state) => state.networkAs);
  return (
    <select
      className="preview-select"
      aria-label="Network as"
      value={networkAs}
      onChange={({ target }) => {
        const chosen = networkFormats.find(({ id }) => id === target.value);
        if (chosen !== undefined) usePreview.setState({ networkAs: chosen.id });
      }}
    >
      {networkFormats.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}

function textOf(preview: Preview, tab: TextTab): string {
  if (tab === 'user-data') return preview.userData;
  if (tab === 'network') return preview.networkConfig;
  if (tab === 'vendor') return preview.vendorData;
  const { kernelArguments } = preview;
  if (kernelArguments.length === 0) return preview.metaData;
  return `${preview.metaData}\n# kernel arguments stamped for this host\n# ${kernelArguments.join(' ')}\n`;
}

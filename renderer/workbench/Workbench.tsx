import './workbench.css';
import { useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { BuildsView } from '../builds/BuildsView.tsx';
import { EditorArea } from '../editor/EditorArea.tsx';
import { HostsView } from '../hosts/HostsView.tsx';
import { ImagesView } from '../images/ImagesView.tsx';
import { PreviewPane } from '../preview/PreviewPane.tsx';
import { useLayout } from '../state/layout.ts';
import { DocumentTree } from '../tree/DocumentTree.tsx';
import { ActivityRail } from './ActivityRail.tsx';
import { BottomPanel } from './BottomPanel.tsx';
import { useRememberedSizes } from './remembered-sizes.ts';
import { StatusBar } from './StatusBar.tsx';
import { VanishedBar } from './VanishedBar.tsx';

export function Workbench() {
  return (
    <div className="workbench">
      <ActivityRail />
      <main className="panes">
        <VanishedBar />
        <div className="panes-below">
          <Panes />
        </div>
      </main>
      <StatusBar />
    </div>
  );
}

function Panes() {
  const place = useLayout((state) => state.place);
  const tree = place === 'site';
  const sizes = useRememberedSizes('outer', tree ? ['tree', 'main'] : ['main']);
  return (
    <Group {...sizes}>
      {tree && (
        <>
          <Panel
            id="tree"
            defaultSize="232px"
            minSize="160px"
            maxSize="40%"
            groupResizeBehavior="preserve-pixel-size"
          >
            <DocumentTree />
          </Panel>
          <Separator className="separator separator-vertical" aria-label="Width of the document tree" />
        </>
      )}
      <Panel id="main" minSize="40%">
        <MainColumn />
      </Panel>
    </Group>
  );
}

/** The bottom panel lies below documents, hosts and images; the list of builds has its own log. */
function MainColumn() {
  const place = useLayout((state) => state.place);
  const bottomOpen = useLayout((state) => state.bottomOpen);
  const bottom = bottomOpen && place !== 'builds';
  const sizes = useRememberedSizes('column', bottom ? ['upper', 'bottom'] : ['upper']);
  return (
    <Group {...sizes} orientation="vertical">
      <Panel id="upper" minSize="208px">
        <UpperRow />
      </Panel>
      {bottom && (
        <>
          <Separator className="separator separator-horizontal" aria-label="Height of the bottom panel" />
          <Panel id="bottom" defaultSize="208px" minSize="96px" groupResizeBehavior="preserve-pixel-size">
            <BottomPanel />
          </Panel>
        </>
      )}
    </Group>
  );
}

/** In pixels, since the room that it is a part of changes with the document tree. */
function previewWidth(): string {
  return `${Math.round((innerWidth - 290) * 0.38)}px`;
}

function UpperRow() {
  const place = useLayout((state) => state.place);
  const previewOpen = useLayout((state) => state.previewOpen);
  const [width] = useState(previewWidth);
  const preview = previewOpen && (place === 'site' || place === 'hosts');
  const sizes = useRememberedSizes('upper', preview ? ['center', 'preview'] : ['center']);
  return (
    <Group {...sizes}>
      <Panel id="center" minSize="30%">
        {/* The editor stays: its scroll position and caret survive a look at another place. */}
        <div className="place" hidden={place !== 'site'}>
          <EditorArea />
        </div>
        {place === 'hosts' && <HostsView />}
        {place === 'images' && <ImagesView />}
        {place === 'builds' && <BuildsView />}
      </Panel>
      {preview && (
        <>
          <Separator className="separator separator-vertical" aria-label="Width of the preview" />
          <Panel id="preview" defaultSize={width} minSize="288px" groupResizeBehavior="preserve-pixel-size">
            <PreviewPane />
          </Panel>
        </>
      )}
    </Group>
  );
}

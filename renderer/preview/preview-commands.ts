import { changeLayout, useLayout } from '../state/layout.ts';
import { compareWith, usePreview } from '../state/preview.ts';

export const compareSelectId = 'preview-compare';

/** Leads the keyboard to the choice of what the host is compared with. */
export function chooseComparison(): void {
  showPreview();
  requestAnimationFrame(() => document.getElementById(compareSelectId)?.focus());
}

export function toggleOrigins(): void {
  const { originsShown } = usePreview.getState();
  showPreview();
  usePreview.setState({ originsShown: !originsShown });
}

export function showDrawing(): void {
  showPreview();
  if (usePreview.getState().compared.with === 'build') compareWith({ with: 'nothing' });
  changeLayout({ previewTab: 'links' });
}

/** The preview is beside documents and hosts only. */
function showPreview(): void {
  const { place } = useLayout.getState();
  changeLayout({ previewOpen: true, ...(place === 'site' || place === 'hosts' ? {} : { place: 'site' }) });
}

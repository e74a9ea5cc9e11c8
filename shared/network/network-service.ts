import type { NetworkLink, NetworkModel } from './model.ts';

/** Whether netplan hands the link to NetworkManager, as the document or the link itself says. */
export function usesNetworkManager(link: NetworkLink, model: NetworkModel): boolean {
  const own = link.passedThrough.find(({ key }) => key.value === 'renderer')?.value;
  const renderer = own?.type === 'scalar' ? own.value : model.renderer?.value;
  return renderer === 'NetworkManager';
}

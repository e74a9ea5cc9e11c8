import { Combine, EthernetPort, Network, Tag } from 'lucide-react';
import { type AddableSection, addableKinds, newLink } from '#shared/network-form/network-changes.ts';
import type { WrittenLink, WrittenNetwork } from '#shared/network-form/read-network-form.ts';
import { changeDocument } from '../forms/change-document.ts';
import { kindWords } from './words.ts';

const icons = { ethernets: EthernetPort, bonds: Combine, vlans: Tag, bridges: Network } as const;

interface AddLinkProps {
  readonly path: string;
  readonly network: WrittenNetwork;
  readonly chosen: WrittenLink | undefined;
  readonly isReadOnly: boolean;
  readonly onAdded: (id: string) => void;
}

export function AddLink({ path, network, chosen, isReadOnly, onAdded }: AddLinkProps) {
  const add = (section: AddableSection) => {
    const { id, changes } = newLink(network, section, chosen);
    if (changeDocument(path, changes)) onAdded(id);
  };
  return (
    <div className="network-form-tools" role="toolbar" aria-label="Add a link">
      <span className="muted">Add</span>
      {addableKinds.map((section) => {
        const Icon = icons[section];
        return (
          <button
            key={section}
            type="button"
            className="button button-small"
            aria-label={`Add ${section === 'ethernets' ? 'an' : 'a'} ${kindWords[section]}`}
            disabled={isReadOnly}
            onClick={() => add(section)}
          >
            <Icon size={14} aria-hidden />
            {kindWords[section]}
          </button>
        );
      })}
    </div>
  );
}

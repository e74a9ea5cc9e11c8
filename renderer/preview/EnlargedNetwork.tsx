import { X } from 'lucide-react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { NetworkFacts } from '#shared/render/network-drawing.ts';
import { NetworkDrawing } from './NetworkDrawing.tsx';

interface EnlargedNetworkProps {
  readonly network: NetworkFacts;
  readonly host: string;
  readonly onClose: () => void;
}

/** The drawing over the whole window: for hosts with more links than the preview has room for. */
export function EnlargedNetwork({ network, host, onClose }: EnlargedNetworkProps) {
  return (
    <ModalOverlay
      className="network-overlay"
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className="network-modal">
        <Dialog className="network-dialog">
          <div className="network-dialog-head">
            <Heading slot="title">Network of {host}</Heading>
            <button
              type="button"
              className="icon-button"
              aria-label="Close the drawing"
              title="Close (Escape)"
              onClick={onClose}
            >
              <X size={14} aria-hidden />
            </button>
          </div>
          <div className="network-dialog-body">
            <NetworkDrawing network={network} host={host} onGo={onClose} />
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

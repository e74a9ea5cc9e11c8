import './overlay-dialog.css';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface OverlayDialogProps {
  /** What stands at its head. Without, the content brings its own `DialogTitle`, or there is a `label`. */
  readonly title?: ReactNode;
  readonly label?: string;
  /** A class for its surface: how wide it is. */
  readonly surface?: string;
  readonly role?: 'dialog' | 'alertdialog';
  /** Whether Escape and a click beside it leave it: not while something could be lost. */
  readonly isDismissable?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What lies over the window until it is answered. With a title it is a column that ends in `DialogActions`. */
export function OverlayDialog({
  title,
  label,
  surface = '',
  role,
  isDismissable,
  ...rest
}: OverlayDialogProps) {
  const { onClose, children } = rest;
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable={isDismissable ?? true}
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={`overlay-surface ${surface}`}>
        <Dialog
          className={title === undefined ? 'overlay-content' : 'overlay-content dialog'}
          role={role ?? 'dialog'}
          {...(label === undefined ? {} : { 'aria-label': label })}
        >
          {title !== undefined && <DialogTitle>{title}</DialogTitle>}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogTitle({ children }: { readonly children: ReactNode }) {
  return (
    <Heading slot="title" className="dialog-title">
      {children}
    </Heading>
  );
}

interface DialogActionsProps {
  /** How it stands, or what is going on. */
  readonly status?: string;
  readonly children: ReactNode;
}

/** The last line of a dialog: how it stands, then what one can do. */
export function DialogActions({ status, children }: DialogActionsProps) {
  return (
    <div className="dialog-actions">
      {status !== undefined && (
        <span className="dialog-status muted" role="status">
          {status}
        </span>
      )}
      {children}
    </div>
  );
}

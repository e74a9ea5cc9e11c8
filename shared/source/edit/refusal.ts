/**
 * Why a text is left as it is: it cannot be read to its end; an anchor or alias shares the value with other places; the
 * way to the value leads through something else; or the value cannot stand there in the form that the text has.
 */
export type RefusalReason = 'broken-text' | 'shared-value' | 'no-such-place' | 'not-writable';

/** Thrown inside an edit, and answered as a result by `editValue`. It is no error, so it has no stack. */
export class Refusal {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    this.reason = reason;
  }
}

/** What is wrong with a value that cloud-init hands on without a look. */
export interface Finding {
  readonly message: string;
  /** What is meant, where that is sure enough to be offered. */
  readonly instead?: string;
}

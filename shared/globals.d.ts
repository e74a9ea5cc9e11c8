/**
 * The text of cloud-init's own JSON schema for cloud-config, put in by the bundlers (`electron/cloud-init-schema.ts`).
 * Undefined where the build could not get it; where nothing was put in, not even declared.
 */
declare const CLOUD_INIT_SCHEMA: string | undefined;

// Encoding is the one thing that both Node and browsers have, ECMAScript lacks, and a pure byte format needs.
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}

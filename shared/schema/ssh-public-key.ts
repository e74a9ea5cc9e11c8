import { decodeBase64 } from './base64.ts';

/** Key types of OpenSSH 9 (sshd(8), AUTHORIZED_KEYS FILE FORMAT). ssh-dss is known only to be refused by name. */
const keyTypes = new Set([
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]);

/** Below this OpenSSH refuses an RSA key (RequiredRSASize, sshd_config(5)). */
const smallestRsaBits = 1024;

/**
 * What is wrong with a line of authorized_keys, as a sentence; undefined when nothing is. The blob is decoded and its
 * fields are read (RFC 4253 section 6.6), because a key cut short by a paste looks right and locks the engineer out.
 */
export function sshPublicKeyProblem(text: string): string | undefined {
  const line = text.trim();
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(line))
    return 'This is a private key. Put the public key here (the .pub file) and keep the private one to yourself.';
  if (/[\r\n]/.test(line)) return 'An SSH public key is one line; this one is broken into several.';
  const words = splitOutsideQuotes(line);
  const at = words.findIndex((word, index) => index < 2 && (keyTypes.has(word) || word === 'ssh-dss'));
  const type = words[at];
  if (type === undefined)
    return 'An SSH public key starts with its type, for example ssh-ed25519, followed by the key and a comment.';
  if (type === 'ssh-dss') return 'OpenSSH no longer accepts DSA keys. Make an ed25519 key instead.';
  const encoded = words[at + 1];
  if (encoded === undefined) return `The key after ${type} is missing.`;
  const blob = decodeBase64(encoded);
  if (blob === undefined)
    return 'The SSH public key is cut short or damaged: its second part is not whole base64.';
  return blobProblem(blob, type);
}

function blobProblem(blob: Uint8Array, type: string): string | undefined {
  const fields = readFields(blob);
  if (fields === undefined || fields.length < 2)
    return 'The SSH public key is cut short: its inner lengths do not fit.';
  const inner = ascii(fields[0]);
  if (inner !== type) {
    return keyTypes.has(inner)
      ? `The SSH public key says ${type}, but inside it is a key of the type ${inner}.`
      : `The SSH public key is damaged: it does not hold a key of the type ${type}.`;
  }
  return materialProblem(type, fields);
}

function materialProblem(type: string, fields: readonly Uint8Array[]): string | undefined {
  const damaged = `The SSH public key is damaged: its parts are not those of a key of the type ${type}.`;
  if (type === 'ssh-rsa') {
    const modulus = fields[2];
    if (fields.length !== 3 || modulus === undefined) return damaged;
    const bits = significantBits(modulus);
    return bits < smallestRsaBits
      ? `An RSA key of ${bits} bits is refused by OpenSSH; use 3072 bits or an ed25519 key.`
      : undefined;
  }
  if (type.includes('ed25519')) {
    const wanted = type.startsWith('sk-') ? 3 : 2;
    return fields.length === wanted && fields[1]?.length === 32 ? undefined : damaged;
  }
  const curve = /nistp\d+/.exec(type)?.[0];
  const point = fields[2];
  const coordinate = curve === 'nistp256' ? 32 : curve === 'nistp384' ? 48 : 66;
  const fits = ascii(fields[1]) === curve && point?.length === 1 + 2 * coordinate && point[0] === 4;
  return fits ? undefined : damaged;
}

/** The strings of an SSH wire message, or undefined when a length runs past the end. */
function readFields(blob: Uint8Array): Uint8Array[] | undefined {
  const fields: Uint8Array[] = [];
  let offset = 0;
  while (offset < blob.length) {
    if (offset + 4 > blob.length) return undefined;
    const length = new DataView(blob.buffer, blob.byteOffset + offset, 4).getUint32(0);
    offset += 4;
    if (length > blob.length - offset) return undefined;
    fields.push(blob.subarray(offset, offset + length));
    offset += length;
  }
  return fields;
}

function ascii(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : String.fromCharCode(...bytes.subarray(0, 64));
}

function significantBits(integer: Uint8Array): number {
  const first = integer.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (integer.length - first - 1) * 8 + (32 - Math.clz32(integer[first] ?? 0));
}

/** Options in front of a key may hold spaces inside double quotes: from="10.0.0.0/8",command="echo no". */
function splitOutsideQuotes(line: string): string[] {
  return line.match(/(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g) ?? [];
}

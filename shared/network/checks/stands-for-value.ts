import { bullets } from '../../secrets/mask.ts';

/** Whether a text is, or holds, what stands for a value that is put in later: what it will be cannot be judged here. */
export function isReference(text: string): boolean {
  return text.includes('((') || text.includes(bullets);
}

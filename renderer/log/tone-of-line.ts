/** Helps the eye while scrolling, nothing more: what failed is said by the job's typed failure, not by its log. */
export function toneOfLine(line: string): 'failed' | 'attention' | undefined {
  if (/\b(error|fatal|failed|E:)(?=[\s:])/i.test(line.slice(0, 200))) return 'failed';
  if (/\b(warning|W:)(?=[\s:])/i.test(line.slice(0, 200))) return 'attention';
  return undefined;
}

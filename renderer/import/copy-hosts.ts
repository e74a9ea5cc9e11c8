import { exportFrom } from '../authoring/client.ts';
import { copyText } from '../bridge.ts';
import { showNotice } from '../state/notices.ts';

/** Characters that the clipboard takes; the command line writes more into a file. */
const longestCopy = 2 * 1024 * 1024;
const formats = { table: 'as a table', airship: 'as Airship documents' } as const;

/** Puts the hosts on the clipboard in a form that other programs read. */
export async function copyHosts(as: keyof typeof formats): Promise<void> {
  const exported = await exportFrom(as);
  if (exported === undefined) return;
  const { text, count, leftOut, losses } = exported;
  if (count === 0) {
    showNotice({ tone: 'attention', title: 'No host without errors is there to be copied' });
    return;
  }
  if (text.length > longestCopy) {
    const next = 'Write them into a file: siteforge export airship SITE --out FILE.';
    showNotice({ tone: 'attention', title: 'This is more than the clipboard takes', next });
    return;
  }
  if (!(await copyText(text))) return;
  const told = [
    ...(leftOut.length > 0 ? [`Left out because of errors: ${firstOf(leftOut)}.`] : []),
    ...new Set(losses),
  ];
  showNotice({
    tone: told.length > 0 ? 'attention' : 'fine',
    title: `${count} ${count === 1 ? 'host is' : 'hosts are'} on the clipboard ${formats[as]}`,
    next: as === 'airship' ? 'Values of secrets are masked in it.' : undefined,
    detail: told.length > 0 ? told.join('\n') : undefined,
  });
}

function firstOf(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

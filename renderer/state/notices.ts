import { create } from 'zustand';
import type { Failure } from '#shared/errors.ts';

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly tone: 'failed' | 'fine' | 'attention';
  readonly title: string;
  /** What to do next, one sentence. */
  readonly next?: string | undefined;
  readonly where?: string | undefined;
  readonly detail?: string | undefined;
  readonly action?: NoticeAction | undefined;
  /** Documents that are not on disk as they stand here: the notice is over when each of them was written. */
  readonly unwritten?: readonly string[] | undefined;
  /** How often the same notice was shown: ten failures of one kind are one notice with a count. */
  readonly times: number;
}

interface NoticesState {
  readonly notices: readonly Notice[];
}

export const useNotices = create<NoticesState>()(() => ({ notices: [] }));

const maximumNotices = 4;
/** Good news leaves by itself; failures stay until they are closed. */
const fineNoticeMilliseconds = 6000;
let lastId = 0;

export function showNotice(notice: Omit<Notice, 'id' | 'times'>): number {
  const { notices } = useNotices.getState();
  const same = notices.find((other) => other.title === notice.title && other.where === notice.where);
  lastId += 1;
  const id = lastId;
  const shown: Notice = { ...notice, id, times: (same?.times ?? 0) + 1 };
  useNotices.setState({
    notices: [...notices.filter((other) => other !== same), shown].slice(-maximumNotices),
  });
  if (notice.tone === 'fine') setTimeout(() => dismissNotice(id), fineNoticeMilliseconds);
  return id;
}

export function showFailure(failure: Failure, action?: NoticeAction, unwritten?: readonly string[]): void {
  showNotice({
    tone: 'failed',
    title: failure.message,
    next: failure.next,
    where: failure.where,
    detail: failure.detail,
    action,
    unwritten,
  });
}

/** Documents that are on disk now: what was told of them before is over. */
export function noteWritten(paths: readonly string[]): void {
  const { notices } = useNotices.getState();
  const left = notices.flatMap((notice) => {
    if (notice.unwritten === undefined) return [notice];
    const unwritten = notice.unwritten.filter((path) => !paths.includes(path));
    if (unwritten.length === 0) return [];
    return [unwritten.length === notice.unwritten.length ? notice : { ...notice, unwritten }];
  });
  if (left.some((notice, index) => notice !== notices[index]) || left.length < notices.length)
    useNotices.setState({ notices: left });
}

export function dismissNotice(id: number): void {
  const { notices } = useNotices.getState();
  if (notices.some((notice) => notice.id === id)) {
    useNotices.setState({ notices: notices.filter((notice) => notice.id !== id) });
  }
}

import { HarnessError } from '../lib/error.ts';
import type { PutRecordInput } from '../model/put-fits.ts';
import { backOffOf } from './back-off.ts';
import type { Batcher } from './batcher.ts';
import { type ResendName, resends } from './batcher-resend.ts';
import { oneByOne } from './one-by-one.ts';

/**
 * Sends a batcher's calls one after the other, and answers failed entries by a strategy; attempts and back-off are
 * bounded. `send` is any PutRecords: it resolves with one answer per entry. If it rejects, every entry counts as
 * failed.
 */
export type SenderOptions<R> = {
  readonly batcher: Batcher<R>;
  readonly send: (entries: readonly R[], attempt: number) => Promise<readonly { readonly error?: string }[]>;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly resend: ResendName;
  /** The most calls that a record may be in, the first included. */
  readonly attempts: number;
  /** The pause before the second attempt, milliseconds. It doubles with each attempt, up to `backOffMsMax`. */
  readonly backOffMs: number;
  readonly backOffMsMax: number;
  /** Called with the records whose last attempt failed. */
  readonly onGivenUp: (records: readonly R[]) => void;
};

export type Sender<R> = {
  /**
   * Resolves when the record is accepted, and the calls that it closed are answered. Rejects for a record that can
   * never be sent.
   */
  readonly add: (record: R) => Promise<void>;
  readonly tick: () => Promise<void>;
  readonly flush: () => Promise<void>;
};

type Again<R> = { readonly entries: readonly R[]; readonly attempt: number };

export const createSender = <R extends PutRecordInput>(options: SenderOptions<R>): Sender<R> => {
  const { batcher, nowMs, resend } = options;
  if (!(Number.isInteger(options.attempts) && options.attempts > 0))
    throw new HarnessError('usage', `attempts: ${options.attempts} is not a whole number above zero`);
  const again: Again<R>[] = [];
  const next = (): Again<R> | undefined => {
    const batch = batcher.take();
    return batch === undefined ? undefined : { entries: batch.records, attempt: 1 };
  };
  const sendOne = async (call: Again<R>): Promise<void> => {
    if (call.attempt > 1) await options.sleep(backOffOf(options, call.attempt));
    const isFailed = await answersOf(options, call);
    const entries = resends[resend](call.entries, isFailed, ({ key }) => [key]);
    const isLast = resend === 'leave' || call.attempt >= options.attempts;
    if (!isLast && entries.length > 0) return void again.push({ entries, attempt: call.attempt + 1 });
    const lost = call.entries.filter((_, index) => isFailed(index));
    if (lost.length > 0) options.onGivenUp(lost);
  };
  const drain = async (): Promise<void> => {
    for (;;) {
      const ready = resend === 'failed-entries' ? (next() ?? again.shift()) : (again.shift() ?? next());
      if (ready === undefined) return;
      await sendOne(ready);
    }
  };
  const inTurn = oneByOne();
  return {
    add: (record) =>
      inTurn(async () => {
        let added = batcher.add(record, nowMs());
        if (added === 'full') {
          batcher.flush();
          await drain();
          added = batcher.add(record, nowMs());
        }
        if (added instanceof HarnessError) throw added;
        await drain();
      }),
    tick: () =>
      inTurn(() => {
        batcher.tick(nowMs());
        return drain();
      }),
    flush: () =>
      inTurn(() => {
        batcher.flush();
        return drain();
      }),
  };
};

const answersOf = async <R>(
  { send }: SenderOptions<R>,
  { entries, attempt }: Again<R>,
): Promise<(index: number) => boolean> => {
  const answers = await send(entries, attempt).catch(() => []);
  return (index) => answers[index] === undefined || answers[index]?.error !== undefined;
};

import { errorName } from '../kinesis/waits.ts';
import { messageOf } from '../lib/error.ts';
import { seal } from '../run/seal.ts';
import type { FaultBook } from './fault-book.ts';
import { readFinal } from './final-reading.ts';
import type { OpenStream } from './open-stream.ts';
import type { RecordedHistory, RecordOptions } from './options.ts';
import type { RecordedSubjects } from './recorded-subjects.ts';

export type FinishOptions = {
  readonly options: Pick<RecordOptions, 'run' | 'clock' | 'target' | 'seal'>;
  readonly faults: FaultBook;
  /** Consumers under test that read this stream. */
  readonly subjects: Pick<RecordedSubjects, 'sentinel' | 'finish' | 'stop'> | undefined;
  /** Why the load did not end by itself; undefined if it did. */
  readonly cut: { readonly reason: 'interrupted' | 'failed'; readonly error: string } | undefined;
  readonly signal: AbortSignal;
};

/** How long the last answers to puts in flight, and the final reading, may take; milliseconds on a fast engine. */
const answersMs = 5000;
const drainMs = 30_000;

/**
 * Finishes the history of one stream after its load: heal, seal, drain, end. Never rejects for a failure of the
 * engine: the history then ends with its reason.
 */
export const finishStream = async (stream: OpenStream, finish: FinishOptions): Promise<RecordedHistory> => {
  const { recorder, ref, notes } = stream;
  try {
    if (finish.cut?.reason !== 'failed') await drained(stream, finish);
    finish.signal.throwIfAborted();
    recorder.write({ type: 'phase', phase: 'done' });
    const { reason, error } = finish.cut ?? { reason: 'completed' };
    recorder.write({ type: 'end', reason, ...(error === undefined ? {} : { error }) });
    await recorder.close();
    return { path: stream.path, stream: ref.name, reason, notes };
  } catch (thrown) {
    const isGone = errorName(thrown) === 'ResourceNotFoundException';
    const error = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
    const reason = finish.signal.aborted || isGone ? 'interrupted' : 'failed';
    recorder.write({ type: 'end', reason, error: isGone ? deletedElsewhere : error.message });
    await recorder.close().catch(() => undefined);
    const outcome = { path: stream.path, stream: ref.name, reason, notes } as const;
    return reason === 'failed' ? { ...outcome, error } : outcome;
  }
};

/** The reason if the engine was reset, or if somebody else deleted the stream. */
const deletedElsewhere = 'the stream was deleted past the gateway, before it was read to its end';

const drained = async (stream: OpenStream, { options, faults, subjects, signal }: FinishOptions): Promise<void> => {
  const { recorder, tap, topologies, counts, kinesis, ref, ids, note, nextOp } = stream;
  const { run, clock, target } = options;
  recorder.write({ type: 'phase', phase: 'heal' });
  const deadline = clock.now() + answersMs * 1000 * target.slowness;
  while (tap.putsUnderWay > 0 && clock.now() < deadline) await clock.sleep(10, signal);
  if (tap.putsUnderWay > 0) note(`${tap.putsUnderWay} puts had no answer when the load was over`);
  await topologies.idle();
  for (const text of ids.notes()) note(text);
  let sentinels: ReadonlyMap<string, string> = new Map();
  const { sentinel } = subjects ?? {};
  if ((stream.isOurs || options.seal) && sentinel !== false) {
    recorder.write({ type: 'phase', phase: 'seal' });
    sentinels = await seal({
      kinesis,
      stream: ref.name,
      signal,
      recorder,
      identityRun: run,
      nextOp,
      highest: counts.highest,
      ...(sentinel === undefined ? {} : { ...sentinel, onMarker: ids.mark }),
    });
  }
  recorder.write({ type: 'phase', phase: 'drain' });
  await subjects?.finish(stream, sentinels);
  await subjects?.stop();
  faults.finish(recorder.write);
  const budgetMs = drainMs * target.slowness;
  const late = await readFinal({ stream, run, clock, target, sentinels, budgetMs, signal });
  if (late !== undefined && !signal.aborted) note(`the final reader was not done after ${budgetMs} ms: ${late}`);
  signal.throwIfAborted();
  await topologies.list();
};

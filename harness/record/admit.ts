import { setTimeout as sleep } from 'node:timers/promises';
import { HarnessError } from '../lib/error.ts';
import type { ApiAnswer, ApiCall } from '../tap/call.ts';
import type { StreamRef } from '../tap/stream-ref.ts';
import { isRecorded, type RecordOptions } from './options.ts';
import type { StreamBook } from './stream-book.ts';

export type AdmitOptions = {
  readonly options: Pick<RecordOptions, 'streams' | 'shards' | 'target'>;
  readonly book: Pick<StreamBook, 'isOpen' | 'begin' | 'make' | 'leaving' | 'leave' | 'hiddenNames' | 'namesIn'>;
  /** How long a stream that is created again waits for the reading of the deleted one, milliseconds. */
  readonly againMs?: number;
};

/** The calls that begin a history. Other calls only describe a stream, or change its settings. */
const telling: ReadonlySet<string> = new Set([
  'PutRecord',
  'PutRecords',
  'GetShardIterator',
  'SubscribeToShard',
  'SplitShard',
  'MergeShards',
  'UpdateShardCount',
]);

type Answer = ApiAnswer | undefined;

/** Short, because test runners give hooks 5 to 10 s. */
const againMsMax = 2000;

/**
 * Returns the function that runs before each call is sent. It opens the call's stream, answers a DeleteStream at once,
 * and hides a deleted stream until that stream is read to its end.
 */
export const admitter = ({ options, book, againMs = againMsMax }: AdmitOptions) => {
  const { streams, shards, target } = options;
  const mayMake = shards !== undefined && target.client.endpoint !== undefined;
  let firstMade: Promise<undefined> | undefined;
  const makeAll = async ({ scope, operation }: ApiCall, ref: StreamRef | undefined): Promise<undefined> => {
    const named = streams.filter((name) => !(operation === 'CreateStream' && ref?.name === name));
    for (const name of named) await book.make({ name, ...scope });
  };
  /**
   * Creates the named streams that are missing, on the program's first signed call. Calls that come meanwhile wait for
   * it, too.
   */
  const madeFirst = (call: ApiCall, ref: StreamRef | undefined): Promise<undefined> | undefined => {
    if (!mayMake || streams.length === 0 || isMade || call.scope.accessKeyId === undefined) return undefined;
    firstMade ??= makeAll(call, ref).finally(() => {
      isMade = true;
    });
    return firstMade;
  };
  let isMade = false;
  const goOn = (call: ApiCall, ref: StreamRef): Promise<undefined> | undefined => {
    if (book.isOpen(ref) || call.operation === 'CreateStream') return undefined;
    if (telling.has(call.operation)) return book.begin(ref, mayMake).then(nothing);
    return mayMake && streams.includes(ref.name) ? book.make(ref).then(nothing) : undefined;
  };
  const admit = (call: ApiCall, ref: StreamRef | undefined): Promise<Answer> | undefined => {
    const made = madeFirst(call, ref);
    if (call.operation === 'ListStreams') return listed(call, book, made);
    if (ref === undefined || !isRecorded(options, ref.name)) return made;
    const leaving = book.leaving(ref);
    if (leaving !== undefined) return whileLeaving(call, ref, leaving, againMs);
    if (call.operation === 'DeleteStream' && book.isOpen(ref)) {
      book.leave(ref);
      return Promise.resolve(done);
    }
    return made === undefined ? goOn(call, ref) : made.then(() => goOn(call, ref));
  };
  return inTurn(admit);
};

type Admit = (call: ApiCall, ref: StreamRef | undefined) => Promise<Answer> | undefined;

/** Lets the waiting calls to a stream continue in the order in which they came. */
const inTurn = (admit: Admit): Admit => {
  const last = new Map<string, Promise<unknown>>();
  return (call, ref) => {
    const name = ref?.name ?? '';
    const before = last.get(name);
    const mine = before === undefined ? admit(call, ref) : before.then(() => admit(call, ref));
    if (mine === undefined) return undefined;
    const done = Promise.all([before, mine]).then(([, answer]) => answer);
    const settled: Promise<unknown> = done
      .catch(() => undefined)
      .finally(() => {
        if (last.get(name) === settled) last.delete(name);
      });
    last.set(name, settled);
    return done;
  };
};

const nothing = (): undefined => undefined;
const done = { kind: 'ok', status: 200, output: {}, requestId: undefined } as const satisfies ApiAnswer;

/** Answers ListStreams without the hidden names. If no name is hidden, the engine's own answer is used. */
const listed = (
  { scope }: ApiCall,
  book: AdmitOptions['book'],
  made: Promise<undefined> | undefined,
): Promise<Answer> | undefined => {
  const hidden = book.hiddenNames;
  if (hidden.length === 0) return made;
  return book.namesIn(scope).then((names) => {
    const output = { StreamNames: names.filter((name) => !hidden.includes(name)), HasMoreStreams: false };
    return { ...done, output };
  });
};

const whileLeaving = async (
  { operation }: ApiCall,
  { name }: StreamRef,
  { done: isGone, cut }: NonNullable<ReturnType<StreamBook['leaving']>>,
  againMs: number,
): Promise<Answer> => {
  if (operation !== 'CreateStream')
    return {
      kind: 'error',
      status: 400,
      code: 'ResourceNotFoundException',
      message: `Stream ${name} not found.`,
      requestId: undefined,
    };
  const late = new AbortController();
  const isLate = sleep(againMs, true, { signal: late.signal }).catch(() => false);
  if (await Promise.race([isGone.then(() => false), isLate]))
    cut(
      new HarnessError(
        'target',
        `the stream was made again ${againMs} ms after its deletion, before it was read to its end`,
      ),
    );
  late.abort();
  await isGone;
  return undefined;
};

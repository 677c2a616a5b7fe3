import type { ApiAnswer, CallObserver, CallWatch } from '../tap/call.ts';
import { failedAnswer, okAnswer } from './answer-of.ts';
import { callOf } from './call-of.ts';
import type { Fields, SdkArguments, SdkClient, SdkContext, SdkNext, SdkRequest, SdkResult } from './sdk-client.ts';

export type WatchOptions = {
  readonly client: SdkClient;
  /** The reader's name in the history. */
  readonly name: string;
  readonly nextId: () => number;
  /** The observer of a call. undefined: the call is not recorded. A promise is awaited. */
  readonly observer: (request: SdkRequest) => CallObserver | undefined | Promise<CallObserver | undefined>;
};

const middlewareName = 'kinesisOrderRecorder';

/**
 * Adds a middleware to the deserialize step, which is below the retry step, so that each attempt is seen with its
 * answer. Returns a function that removes it.
 */
export const watchClient = ({ client, name, nextId, observer }: WatchOptions): (() => void) => {
  const own = `${middlewareName}-${name}`;
  const middleware =
    (next: SdkNext, context: SdkContext) =>
    async (args: SdkArguments): Promise<SdkResult> => {
      const asked = observer(args.request);
      const watching = isPromise(asked) ? await asked : asked;
      if (watching === undefined) return next(args);
      const call = callOf(nextId(), name, args, context);
      const waiting = watching.before?.(call);
      const instead = waiting === undefined ? undefined : await waiting;
      if (instead !== undefined) return answered(instead);
      return passed(next, args, watching.sent(call));
    };
  const place = { step: 'deserialize', priority: 'high', name: own, override: true };
  client.middlewareStack.add(middleware as never, place as never);
  return () => void client.middlewareStack.remove(own);
};

const isPromise = (value: unknown): value is Promise<CallObserver | undefined> => value instanceof Promise;

const passed = async (next: SdkNext, args: SdkArguments, watch: CallWatch): Promise<SdkResult> => {
  let result: SdkResult;
  try {
    result = await next(args);
  } catch (thrown) {
    watch.answered(failedAnswer(thrown));
    throw thrown;
  }
  watch.answered(okAnswer(result.output));
  const events = result.output['EventStream'];
  if (!isEvents(events)) return result;
  return { ...result, output: { ...result.output, EventStream: observedEvents(events, watch) } };
};

const isEvents = (value: unknown): value is AsyncIterable<Fields> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Observes each event of a subscription before the program gets it. */
async function* observedEvents(events: AsyncIterable<Fields>, watch: CallWatch): AsyncGenerator<Fields> {
  try {
    for await (const event of events) {
      watch.event?.(event);
      yield event;
    }
  } finally {
    watch.ended?.();
  }
}

/**
 * Answers in place of the engine. For instance, the program sees a stream that is still being read to its end as
 * deleted. Errors are thrown as the SDK throws them.
 */
const answered = (answer: ApiAnswer): SdkResult => {
  if (answer.kind === 'ok')
    return { response: {}, output: { $metadata: { httpStatusCode: answer.status, attempts: 1 }, ...answer.output } };
  const error = new Error(answer.message ?? '');
  if (answer.kind === 'lost') throw error;
  const { code, status } = answer;
  throw Object.assign(error, { name: code, $fault: 'client', $metadata: { httpStatusCode: status, attempts: 1 } });
};

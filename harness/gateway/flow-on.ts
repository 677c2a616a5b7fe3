import { messageOf } from '../lib/error.ts';
import type { ApiAnswer } from '../tap/call.ts';
import { eventFrames } from './api/event-frames.ts';
import type { Shape } from './api/protocol.ts';
import { answerOf } from './api/read-answer.ts';
import { goneAnswer, type WaitingClient } from './client.ts';
import type { Context } from './context.ts';
import { type EngineAnswer, isEventStream } from './upstream/ask-engine.ts';
import type { EngineFailure } from './upstream/connection.ts';
import type { SafeWatch } from './watch-once.ts';

export type Flow = { readonly context: Context; readonly client: WaitingClient; readonly watch: SafeWatch };
type Flowing = EngineAnswer & { readonly kind: 'flowing' };

/** Streams an answer to the client; resolves at its end. The tap sees an event before the client gets its last byte. */
export const flowOn = async (flow: Flow, answer: Flowing): Promise<void> => {
  const { client, watch } = flow;
  watch.answered(client.isGone() ? goneAnswer(client) : firstAnswer(answer));
  const to = client.startFlow(answer.head);
  const events = isEventStream(answer.head) ? eventReader(flow) : noEvents;
  try {
    await new Promise<void>((resolve, reject) => {
      const body = (bytes: Buffer): void => {
        events.push(bytes);
        to.body(bytes);
      };
      const failed = (failure: EngineFailure): void => (client.isGone() ? resolve() : reject(failure));
      to.from(answer.to({ body, raw: to.raw, end: resolve, failed }));
    });
  } finally {
    watch.ended();
  }
  events.end();
  to.end();
};

const firstAnswer = ({ head }: Flowing): ApiAnswer =>
  isEventStream(head)
    ? answerOf({ head }, {})
    : { kind: 'lost', message: 'the answer is larger than the buffer of the gateway', isSent: true };

type EventReader = { readonly push: (bytes: Buffer) => void; readonly end: () => void };

/** After bytes that are not a frame, the rest of the stream is forwarded undecoded. */
const eventReader = ({ context, client, watch }: Flow): EventReader => {
  const frames = eventFrames();
  let isReadable = true;
  const event = (shape: Shape): void => watch.event(shape);
  const fail = (message: string): void => {
    isReadable = false;
    context.trouble({ side: 'engine', port: client.port, message: `an event stream: ${message}` });
  };
  return {
    push: (bytes) => {
      if (!isReadable) return;
      try {
        frames.push(bytes, event);
      } catch (thrown) {
        fail(messageOf(thrown));
      }
    },
    end: () => {
      if (isReadable && !frames.isBetween()) fail('it ended in the middle of a frame');
    },
  };
};

const noEvents: EventReader = { push: () => undefined, end: () => undefined };

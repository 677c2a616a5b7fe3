import { messageOf } from '../lib/error.ts';
import { eventFrames, exceptionFrame } from './api/event-frames.ts';
import { answerOf } from './api/read-answer.ts';
import { goneAnswer } from './client.ts';
import type { Flow } from './flow-on.ts';
import type { NextEvent } from './passing.ts';
import type { EngineAnswer, Flowing } from './upstream/ask-engine.ts';

/** Forwards a subscription event by event, as long as a fault lets it. The tap sees what the client gets. */
export const streamOn = async (
  { client, watch }: Flow,
  answer: EngineAnswer & { readonly kind: 'flowing' },
  next: NextEvent,
): Promise<void> => {
  watch.answered(client.isGone() ? goneAnswer(client) : answerOf({ head: answer.head }, {}));
  const to = client.startEvents(answer.head);
  const frames = eventFrames();
  let engine: Flowing | undefined;
  let isOver = false;
  await new Promise<void>((resolve) => {
    const over = (last?: Buffer): void => {
      if (isOver) return;
      isOver = true;
      if (last !== undefined) to.write(last);
      to.end();
      engine?.cancel();
      resolve();
    };
    const lost = (): void => {
      if (!isOver) client.kill();
      over();
    };
    const body = (bytes: Buffer): void => {
      if (isOver) return;
      try {
        frames.push(bytes, (event, frame) => {
          const fate = isOver ? undefined : next(event);
          if (fate === undefined) return;
          if (fate.kind === 'end') return over();
          if (fate.kind === 'error') return over(exceptionFrame(fate.name, fate.message));
          watch.event(event);
          to.write(frame);
        });
      } catch (thrown) {
        watch.event({ unreadable: messageOf(thrown) });
        lost();
      }
    };
    to.onGone(() => over());
    engine = answer.to({ body, raw: () => true, end: () => over(), failed: lost });
    if (isOver) engine.cancel();
  });
  watch.ended();
};

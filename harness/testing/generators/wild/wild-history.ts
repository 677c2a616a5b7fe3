import type { HistoryLine } from '../../../judging/check-history.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { EventBody, HistoryEvent } from '../../../model/event.ts';
import { type Disorder, disorderOf } from './disorder.ts';
import { startedAt, wildHead } from './wild-head.ts';
import { WildReader } from './wild-reader.ts';
import { WildStream } from './wild-stream.ts';
import { WildWriter } from './wild-writer.ts';

/**
 * A short history of anything that a history can contain, right or wrong, which the clean generator never makes. It
 * does not say what a judge should find; two judges must agree on it. The same seed gives the same history. `among`:
 * the disorders that may occur.
 */
export const wildHistory = (seed: string, steps = 12, among?: readonly Disorder[]): readonly HistoryLine[] => {
  const random = seededRandom(seed);
  const strikes = disorderOf(random, among);
  const lines: HistoryLine[] = [wildHead(random)];
  let t = 0;
  const write = (event: EventBody): void => {
    t += random.pick([0, 0, 1, 2, 700, 1000, 3000]);
    lines.push({ t, ...event } as HistoryEvent);
  };
  const wallMs = Date.parse(startedAt);
  const stream = new WildStream(random, strikes);
  const writer = new WildWriter(random, strikes, stream, write);
  const reader = new WildReader({ random, strikes, stream, clock: { now: () => t, wallMs } }, write);
  const topology = (status: string): void => write({ type: 'topology', status, shards: stream.list() });
  let reshards = 0;
  const reshard = (): void => {
    const done = reshards < 2 ? stream.reshard() : undefined;
    if (done === undefined) return;
    reshards += 1;
    write({ type: 'reshard', id: reshards, phase: 'invoke', ...done });
    if (random.int(0, 2) > 0)
      write({ type: 'reshard', id: reshards, phase: random.pick(['ok', 'ok', 'info', 'fail']) });
    if (random.int(0, 2) > 0) topology(random.pick(['ACTIVE', 'ACTIVE', 'UPDATING']));
  };
  const fault = (): void => {
    write({ type: 'fault', fault: 'throttle', phase: random.pick(['armed', 'fired', 'fired', 'never-fired']), id: 1 });
  };
  if (random.int(0, 7) > 0) topology('ACTIVE');
  reader.announce('live', random.pick(['live', 'live', 'subject']));
  for (let step = 0; step < steps; step += 1) {
    const draw = random.next();
    if (draw < 0.35) writer.send();
    else if (draw < 0.7) writer.advance();
    else if (draw < 0.93) reader.poll('live');
    else if (draw < 0.98) reshard();
    else fault();
  }
  for (let left = 0; writer.flights.length > 0 && left < 40; left += 1) writer.advance();
  if (random.int(0, 5) > 0) topology('ACTIVE');
  if (random.int(0, 5) > 0) {
    reader.announce('final', 'final');
    reader.drain('final', random.int(0, 4) > 0 ? 'TRIM_HORIZON' : undefined);
  }
  if (random.int(0, 3) === 0) reader.drain('live');
  if (!strikes('cut')) write({ type: 'end', reason: random.int(0, 9) > 0 ? 'completed' : 'interrupted' });
  return strikes('cut') ? lines.slice(0, random.int(2, lines.length)) : lines;
};

import type { Act } from './act.ts';
import { killConsumer } from './kill-consumer.ts';
import { pauseConsumer } from './pause-consumer.ts';
import { restartConsumer } from './restart-consumer.ts';

/**
 * What a scenario may do to consumers under test, by the name that it gives as `type` among its faults. Adding one: a
 * file and a line.
 */
export const acts = {
  'kill-consumer': killConsumer,
  'pause-consumer': pauseConsumer,
  'restart-consumer': restartConsumer,
} as const satisfies Record<string, Act>;

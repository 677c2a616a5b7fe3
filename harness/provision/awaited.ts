import type { ControlPlane } from '../kinesis/kinesis.ts';
import { errorName } from '../kinesis/waits.ts';
import type { Clock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import type { Provisioner } from './provisioner.ts';

export type Awaiting = {
  readonly kinesis: Pick<ControlPlane, 'waitActive'>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly withinMs: number;
};

/** Waits for a stream that another slice creates and deletes. */
export const awaitedProvisioner = ({ kinesis, clock, withinMs }: Awaiting): Provisioner => ({
  create: async ({ name }, deadlineMs, signal) => {
    const deadline = clock.now() + withinMs * 1000;
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2000)) {
      try {
        const summary = await kinesis.waitActive(name, deadlineMs, signal);
        return { ...summary, name, findings: [] };
      } catch (thrown) {
        if (errorName(thrown) !== 'ResourceNotFoundException') throw thrown;
        if (clock.now() > deadline) throw late(name, withinMs, thrown);
      }
      await clock.sleep(pauseMs, signal);
    }
  },
  remove: () => Promise.resolve(),
});

const late = (name: string, withinMs: number, cause: unknown): HarnessError =>
  new HarnessError('target', `slice 1 did not make the stream ${name} within ${Math.round(withinMs / 1000)} s`, {
    hint: 'start slice 1 on the same target with the same --group, or wait longer with --shard-wait',
    cause,
  });

import { errorName } from '../kinesis/control-plane.ts';
import type { ControlPlane } from '../kinesis/kinesis.ts';
import { systemClock } from '../lib/clock.ts';
import { tagKey } from './names.ts';
import type { Provisioner } from './provisioner.ts';

/** Streams by the Kinesis API itself. */
export const apiProvisioner = (kinesis: ControlPlane): Provisioner => ({
  create: async ({ name, shards, mode, run }, deadlineMs, signal) => {
    const tags = { [tagKey]: run };
    await createWhenThereIsRoom(kinesis, { name, shards, mode, tags }, deadlineMs, signal);
    const summary = await kinesis.waitActive(name, deadlineMs, signal);
    await assureTags(kinesis, name, tags);
    return summary;
  },
  remove: async (name, deadlineMs) => {
    try {
      await kinesis.deleteStream(name);
    } catch (thrown) {
      if (errorName(thrown) === 'ResourceNotFoundException') return;
      throw thrown;
    }
    await kinesis.waitGone(name, deadlineMs);
  },
});

type Spec = Parameters<ControlPlane['createStream']>[0];

/** Five streams may be CREATING at once, on AWS and on most engines: with several runs at work, wait for a place. */
const createWhenThereIsRoom = async (
  kinesis: ControlPlane,
  spec: Spec,
  deadlineMs: number,
  signal?: AbortSignal,
): Promise<void> => {
  const clock = systemClock();
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 2000)) {
    try {
      return await kinesis.createStream(spec);
    } catch (thrown) {
      const isFull = errorName(thrown) === 'LimitExceededException';
      if (!isFull || clock.now() / 1000 + pauseMs > deadlineMs) throw thrown;
      await clock.sleep(pauseMs, signal);
    }
  }
};

/** Some engines take the tags of CreateStream and forget them; `clean` needs them. */
export const assureTags = async (
  kinesis: ControlPlane,
  name: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> => {
  const known = await kinesis.listTags(name).catch(() => ({}) as Readonly<Record<string, string>>);
  if (Object.entries(tags).some(([key, value]) => known[key] !== value))
    await kinesis.addTags(name, tags).catch(() => undefined);
};

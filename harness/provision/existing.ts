import type { ControlPlane } from '../kinesis/kinesis.ts';
import { errorName } from '../kinesis/waits.ts';
import { HarnessError } from '../lib/error.ts';
import type { Provisioner } from './provisioner.ts';

/** An existing stream, which stays: nothing of it is created, changed or deleted. */
export const existingProvisioner = (kinesis: ControlPlane, name: string): Provisioner => ({
  create: async (_, deadlineMs, signal) => {
    try {
      const summary = await kinesis.waitActive(name, deadlineMs, signal);
      return { ...summary, name, findings: [] };
    } catch (thrown) {
      if (errorName(thrown) !== 'ResourceNotFoundException') throw thrown;
      throw new HarnessError('usage', `stream.existing: there is no stream ${name} on this target`, {
        hint: `there ${listed(await kinesis.listStreams())}`,
        cause: thrown,
      });
    }
  },
  remove: () => Promise.resolve(),
});

const namesMax = 10;

const listed = (names: readonly string[]): string =>
  names.length === 0
    ? 'are none: an embedded engine starts empty, give --endpoint for one that runs already'
    : `are ${names.slice(0, namesMax).join(', ')}${names.length > namesMax ? `, and ${names.length - namesMax} more` : ''}`;

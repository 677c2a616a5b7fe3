import { HarnessError } from '../lib/error.ts';
import type { KinesisRecording } from './record-kinesis.ts';

/** For node:test and other runners: throws the report's failure text unless the order was kept and all claims hold. */
export const assertKeepsOrder = async (recording: KinesisRecording): Promise<void> => {
  const { failure } = await recording.verdict();
  if (failure === undefined) return;
  const error = new Error(failure);
  error.name = 'OrderError';
  throw error;
};

/** Matchers for `expect.extend` of Vitest and Jest: `await expect(recording).toKeepOrder()`. */
export const keepOrderMatchers = {
  async toKeepOrder(received: unknown): Promise<{ readonly pass: boolean; readonly message: () => string }> {
    if (!isRecording(received))
      throw new HarnessError('usage', 'toKeepOrder: expected the recording that recordKinesis returned', {
        hint: 'await expect(recording).toKeepOrder()',
      });
    const { failure, headline } = await received.verdict();
    return {
      pass: failure === undefined,
      message: () => failure ?? `expected the order not to be kept, and it was: ${headline}`,
    };
  },
} as const;

/** For `interface Matchers<T> extends KeepOrderMatchers {}` in the project's type declarations. */
export type KeepOrderMatchers = { toKeepOrder: () => Promise<void> };

const isRecording = (value: unknown): value is KinesisRecording =>
  typeof value === 'object' && value !== null && typeof (value as Partial<KinesisRecording>).verdict === 'function';

import type { ControlPlane } from '../kinesis/kinesis.ts';
import { errorName } from '../kinesis/waits.ts';
import { removeStream } from './api.ts';
import { namePrefix, tagKey } from './names.ts';

export type Leftover = { readonly name: string; readonly run: string };

type Looking = Pick<ControlPlane, 'listStreams' | 'listTags'>;
type Removing = Pick<ControlPlane, 'deleteStream' | 'waitGone'>;

/**
 * Finds the streams that a killed run left, by name and tag. The name alone is not enough: a stream without the tag
 * was not created by this tool.
 */
export const findLeftovers = async (kinesis: Looking): Promise<readonly Leftover[]> => {
  const found: Leftover[] = [];
  for (const name of await kinesis.listStreams()) {
    if (!name.startsWith(namePrefix)) continue;
    const run = await runOf(kinesis, name);
    if (run !== undefined) found.push({ name, run });
  }
  return found;
};

/**
 * The run that created a stream. undefined without the tag, and for a stream that its own run removed since the
 * listing.
 */
const runOf = async (kinesis: Looking, name: string): Promise<string | undefined> => {
  try {
    return (await kinesis.listTags(name))[tagKey];
  } catch (thrown) {
    if (errorName(thrown) === 'ResourceNotFoundException') return undefined;
    throw thrown;
  }
};

/** Deletes streams. A stream that another process deletes meanwhile is no error. */
export const removeLeftovers = async (
  kinesis: Removing,
  leftovers: readonly Leftover[],
  deadlineMs: number,
): Promise<void> => {
  for (const { name } of leftovers) await removeStream(kinesis, name, deadlineMs);
};

import type { ControlPlane } from '../kinesis/kinesis.ts';
import { namePrefix, tagKey } from './names.ts';

export type Leftover = { readonly name: string; readonly run: string };

/** Streams that a killed run left: by name, and by tag. A name alone is not enough: what this tool did not tag, it did not make. */
export const findLeftovers = async (kinesis: ControlPlane): Promise<readonly Leftover[]> => {
  const found: Leftover[] = [];
  for (const name of await kinesis.listStreams()) {
    if (!name.startsWith(namePrefix)) continue;
    const run = (await kinesis.listTags(name))[tagKey];
    if (run !== undefined) found.push({ name, run });
  }
  return found;
};

export const removeLeftovers = async (
  kinesis: ControlPlane,
  leftovers: readonly Leftover[],
  deadlineMs: number,
): Promise<void> => {
  for (const { name } of leftovers) {
    await kinesis.deleteStream(name);
    await kinesis.waitGone(name, deadlineMs);
  }
};

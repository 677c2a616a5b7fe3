import { awaitStackGone } from './await-stack.ts';
import type { Leftover } from './clean.ts';
import { namePrefix, tagKey } from './names.ts';
import type { Stacks } from './stacks.ts';

/** Finds the stacks that a killed run left, by their names and their tags. */
export const findStacks = async (stacks: Pick<Stacks, 'list' | 'find'>): Promise<readonly Leftover[]> => {
  const found: Leftover[] = [];
  for (const name of await stacks.list()) {
    if (!name.startsWith(namePrefix)) continue;
    const run = (await stacks.find(name))?.tags[tagKey];
    if (run !== undefined) found.push({ name, run });
  }
  return found;
};

/** Deletes stacks, and with each stack its stream. */
export const removeStacks = async (
  stacks: Pick<Stacks, 'find' | 'remove' | 'firstFailure'>,
  leftovers: readonly Leftover[],
  deadlineMs: number,
): Promise<void> => {
  for (const { name } of leftovers) {
    await stacks.remove(name);
    await awaitStackGone(stacks, { name, deadlineMs });
  }
};

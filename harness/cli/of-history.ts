import { HarnessError } from '../lib/error.ts';

/** Does the work, and adds the history's name to errors on a line of it, because a verb may read several histories. */
export const ofHistory = async <T>(path: string, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof HarnessError) || !thrown.message.startsWith('line ')) throw thrown;
    const hint = thrown.hint === undefined ? {} : { hint: thrown.hint };
    throw new HarnessError(thrown.code, `${path}: ${thrown.message}`, { cause: thrown, ...hint });
  }
};

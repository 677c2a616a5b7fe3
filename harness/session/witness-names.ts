import { basename, dirname, resolve } from 'node:path';

/**
 * The base names for the witnesses of each history, in the order of the paths. A name is the history's file name; if
 * several files have the same name, as many of the folders above as tell them apart are added.
 */
export const witnessNames = (paths: readonly string[]): readonly string[] => {
  const parts = paths.map(partsOf);
  const taken = new Set<string>();
  return parts.map((mine) => {
    const others = parts.filter((one) => one !== mine);
    const count = mine.findIndex(
      (_, index) => !others.some((one) => isSame(tail(one, index + 1), tail(mine, index + 1))),
    );
    return fresh(tail(mine, count < 0 ? 1 : count + 1), taken);
  });
};

/** The parts of a path, from the file up. */
const partsOf = (path: string): readonly string[] => {
  if (path === '-') return ['stdin'];
  const whole = resolve(path);
  const folders = dirname(whole)
    .split(/[/\\]/)
    .filter((part) => part !== '');
  return [basename(whole).replace(/\.ndjson(\.gz)?$/, ''), ...folders.toReversed()];
};

const tail = (parts: readonly string[], count: number): string => parts.slice(0, count).toReversed().join('-');
/** True if the names are equal without regard to case, because some file systems ignore case. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** A name that is not taken. A file that is named twice, and names that become equal by joining, get numbers. */
const fresh = (name: string, taken: Set<string>): string => {
  let free = name;
  for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${name}-${count}`;
  taken.add(free.toLowerCase());
  return free;
};

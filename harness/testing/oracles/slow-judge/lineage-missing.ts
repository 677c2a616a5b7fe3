import { pairs } from './finding.ts';
import { partsOf, type View } from './view.ts';

/**
 * True if there is no topology, and a subject got two records of one flow from two shards, the one with the larger n
 * first.
 */
export const isLineageMissing = (view: View): boolean => {
  if (view.topologies.length > 0) return false;
  const marks = new Set(view.attempts.filter(({ put }) => put.role === 'sentinel').map(({ id }) => id));
  const given = view.reads
    .filter(({ reader, id }) => view.roles.get(reader) === 'subject' && id !== undefined && !marks.has(id))
    .map((read) => {
      const [producer, key, n] = partsOf(read.id as string);
      return { ...read, n, flow: JSON.stringify([read.reader, producer, key]) };
    });
  const first = given.filter(
    (read, index) =>
      given.findIndex((one) => one.reader === read.reader && one.place.name === read.place.name) === index,
  );
  return pairs(first).some(([a, b]) => a.flow === b.flow && a.place.shard !== b.place.shard && a.n > b.n);
};

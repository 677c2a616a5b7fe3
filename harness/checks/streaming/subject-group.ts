import type { ReaderEvent, SubjectEvent } from '../../model/event.ts';
import { SubjectFront } from './subject-front.ts';

/** One application under test, while lines are read: all its readers, by shard. */
export class SubjectGroup {
  readonly name: string;
  /** By shard, with holes. */
  readonly #fronts: SubjectFront[] = [];
  /** The shards that each reader had a page of. */
  readonly pages = new Map<number, Set<number>>();
  hasDone = false;

  constructor(name: string) {
    this.name = name;
  }

  front(shard: number): SubjectFront {
    return (this.#fronts[shard] ??= new SubjectFront());
  }

  known(shard: number): SubjectFront | undefined {
    return this.#fronts[shard];
  }

  get fronts(): readonly SubjectFront[] {
    return Object.values(this.#fronts);
  }

  /** How many records of the workload it got, over all shards. */
  get handled(): number {
    return this.fronts.reduce((sum, { sums }) => sum + sums.count, 0);
  }

  notePage(reader: number, shard: number): void {
    const shards = this.pages.get(reader) ?? new Set();
    this.pages.set(reader, shards.add(shard));
  }
}

/** Why an application with this declaration is not followed; undefined if it is. */
export const oddSubject = ({ owes, filter }: ReaderEvent): string | undefined => {
  if (filter === true) return 'a consumer under test that leaves out records by design';
  if (owes === undefined) return undefined;
  if ((owes.from ?? 'TRIM_HORIZON') !== 'TRIM_HORIZON') return 'a consumer under test that owes from LATEST or a time';
  return (owes.shards ?? 'all') === 'all' ? undefined : 'a consumer under test that owes some shards';
};

/** True for reports that are kept as they are: they are few, and about no record. */
export const isKept = ({ event }: SubjectEvent): boolean => event !== 'done' && event !== 'checkpoint';

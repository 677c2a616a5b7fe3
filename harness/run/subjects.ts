import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { subjects } from '../subjects/registry.ts';
import type { RunningSubject, SealedStream, SubjectTools } from '../subjects/subject.ts';
import { ownId, type RecordId } from '../tap/record-ids.ts';
import { actBook } from './act-book.ts';
import type { Firings } from './arm.ts';
import type { Counters } from './counters.ts';
import type { DriveOptions } from './drive-options.ts';
import type { Programs } from './programs.ts';

export type SubjectsOptions = DriveOptions & {
  readonly counts: Counters;
  readonly nextChain: () => number;
  readonly firings: Firings;
  readonly programs: Pick<Programs, 'subjectDoor'> | undefined;
};

/** The scenario's consumers under test. */
export type Subjects = {
  /** Resolves when all of them read. */
  readonly start: () => Promise<void>;
  /** Waits until each has handled all that it owes. If one does not, the history says why. */
  readonly finish: (sentinels: ReadonlyMap<string, string>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const subjectsOf = (options: SubjectsOptions): Subjects => {
  const running: RunningSubject[] = [];
  const { scenario, kinesis, stream, counts, note } = options;
  return {
    start: async () => {
      const planned = scenario.consumers.filter(({ type }) => isKeyOf(subjects, type));
      for (const [index, consumer] of planned.entries()) {
        const one = start(options, consumer);
        running[index] = one;
        await one.started;
      }
    },
    finish: async (sentinels) => {
      if (running.length === 0) return;
      const shards = await kinesis.listShards(stream);
      const sealed: SealedStream = { sentinels, shards, highest: counts.highest };
      const reasons = await Promise.all(running.map((subject) => subject.finish(sealed)));
      for (const why of reasons) if (why !== undefined) note(why);
    },
    stop: async () => {
      await Promise.all(running.map((subject) => subject.stop()));
    },
  };
};

const start = (
  options: SubjectsOptions,
  { type, name, ...given }: DriveOptions['scenario']['consumers'][number],
): RunningSubject => {
  if (!isKeyOf(subjects, type)) throw new HarnessError('usage', `consumers: there is no consumer ${type}`);
  const { scenario, stream, kinesis, recorder, clock, signal, target } = options;
  const { note, commandFailed, programs, identityRun, firings } = options;
  const group = typeof given['group'] === 'string' ? given['group'] : name;
  const tools: SubjectTools = {
    name,
    stream,
    kinesis,
    listShards: () => kinesis.listShards(stream),
    pollMsMin: target.pollMsMin ?? 0,
    write: recorder.write,
    now: recorder.now,
    nextChain: options.nextChain,
    flushed: recorder.flush,
    identify: (record) => ownIdOf(record, identityRun),
    ...(programs === undefined ? {} : { door: (instance: string) => programs.subjectDoor(instance, group) }),
    acts: actBook({ faults: scenario.faults, name, fired: firings.fired }),
    note,
    failed: commandFailed,
    clock,
    signal,
  };
  return subjects[type].make(given)(tools);
};

/** The identity of a record of this tool. Other records have none, and are identified by place and digest. */
const ownIdOf = (record: { readonly key?: string | undefined; readonly data: Uint8Array }, run: string): RecordId =>
  ownId(record, run) ?? {};

import fc from 'fast-check';
import type { Draft, Model } from './draft.ts';

/**
 * What may be done to a stream, as commands of fast-check: each writes itself into the draft of a scenario, and says
 * what the model expects of it.
 */
type Command = fc.AsyncCommand<Model, Draft>;

const command = (
  name: string,
  isPossible: (model: Model) => boolean,
  run: (model: Model, draft: Draft) => void,
): Command => ({
  check: (model) => isPossible(model),
  run: async (model, draft) => run(model, draft),
  toString: () => name,
});

const openMax = 5;
const reshardsMax = 4;
const readersMax = 3;

const put = (records: number): Command =>
  command(
    records === 1 ? 'PutRecord' : `PutRecords(${records})`,
    () => true,
    (model, draft) => {
      model.acked += records;
      draft.calls.push(records);
    },
  );

const split = (pick: number): Command =>
  command(
    `SplitShard(${pick})`,
    ({ open, reshards }) => open < openMax && reshards < reshardsMax,
    (model, draft) => {
      draft.reshard.push({ action: 'SplitShard', afterAcked: model.acked, shard: pick % model.open });
      model.open += 1;
      model.reshards += 1;
    },
  );

const merge = (pick: number): Command =>
  command(
    `MergeShards(${pick})`,
    ({ open, reshards }) => open > 1 && reshards < reshardsMax,
    (model, draft) => {
      draft.reshard.push({ action: 'MergeShards', afterAcked: model.acked, shard: pick % (model.open - 1) });
      model.open -= 1;
      model.reshards += 1;
    },
  );

type Reading = {
  readonly from: 'TRIM_HORIZON' | 'LATEST' | 'AT_SEQUENCE_NUMBER' | 'AFTER_SEQUENCE_NUMBER' | 'AT_TIMESTAMP';
  readonly restartAfter: number | undefined;
  readonly resume: 'AFTER_SEQUENCE_NUMBER' | 'AT_SEQUENCE_NUMBER';
  readonly limit: number | undefined;
};

/**
 * A reader joins here; where it has `restartAfter`, it stops after so many records and goes on from its checkpoint,
 * again and again.
 */
const read = ({ from, restartAfter, resume, limit }: Reading): Command =>
  command(
    `Reader(${from}${restartAfter === undefined ? '' : `, stops after ${restartAfter}, goes on ${resume}`}${limit === undefined ? '' : `, ${limit} a page`})`,
    ({ readers }) => readers < readersMax,
    (model, draft) => {
      model.readers += 1;
      draft.consumers.push({
        type: 'getRecords',
        from,
        startAfterAcked: model.acked,
        resume,
        pollMs: 2,
        ...(restartAfter === undefined ? {} : { restartAfter }),
        ...(limit === undefined ? {} : { limit }),
      });
    },
  );

export type Position = Reading['from'];
export const allPositions: readonly Position[] = [
  'TRIM_HORIZON',
  'LATEST',
  'AT_SEQUENCE_NUMBER',
  'AFTER_SEQUENCE_NUMBER',
  'AT_TIMESTAMP',
];

/**
 * Batches, and the steps in which readers read them: a reader that stops after each record of five hundred shows no
 * more than one of ten, and takes a minute.
 */
const scales = {
  small: { batches: [2, 3, 10], steps: [1, 2, 7] },
  large: { batches: [100, 499, 500], steps: [50, 200, 10_000] },
} as const;

const reading = (positions: readonly Position[], steps: readonly number[]): fc.Arbitrary<Reading> =>
  fc.record<Reading>({
    from: fc.constantFrom(...positions),
    restartAfter: fc.option(fc.constantFrom(...steps), { nil: undefined }),
    resume: fc.constantFrom('AFTER_SEQUENCE_NUMBER', 'AT_SEQUENCE_NUMBER'),
    limit: fc.option(fc.constantFrom(...steps), { nil: undefined }),
  });

export type CommandsOptions = {
  readonly maxCommands: number;
  readonly positions: readonly Position[];
  readonly replayPath?: string | undefined;
};
export type Commands = Iterable<Command>;

const ofScale = (
  scale: keyof typeof scales,
  { maxCommands, positions, replayPath }: CommandsOptions,
): fc.Arbitrary<Commands> =>
  fc.commands<Model, Draft, false>(
    [
      fc.constant(put(1)),
      fc.constantFrom(...scales[scale].batches).map(put),
      fc.nat({ max: openMax }).map(split),
      fc.nat({ max: openMax }).map(merge),
      reading(positions, scales[scale].steps).map(read),
    ],
    { maxCommands, ...(replayPath === undefined ? {} : { replayPath }) },
  );

/** Records one by one and in batches, the edges of PutRecords among them; reshards; readers. */
export const commandsArbitrary = (options: CommandsOptions): fc.Arbitrary<Commands> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 2, arbitrary: ofScale('small', options) },
    { weight: 1, arbitrary: ofScale('large', options) },
  );

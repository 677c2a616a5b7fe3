import { HarnessError } from '../lib/error.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { consents } from './consent.ts';

/** US dollars for a provisioned shard and hour in us-east-1, from AWS's price list; begun hours count whole. Puts, reads and on-demand streams come on top. */
const shardHour = 0.015;

export type AwsPlan = {
  readonly streams: number;
  readonly shards: number;
  readonly dollars: number;
  readonly text: string;
};

/**
 * What a run on AWS will create, one stream a scenario, each for less than an hour. Shards that a reshard adds count as well: they are paid for. A stream that is there
 * already costs nothing more by that, and is told all the same: records are put into it.
 */
export const awsPlan = (loaded: readonly LoadedScenario[], repeat: number): AwsPlan => {
  const made = loaded.filter(({ scenario }) => scenario.stream.existing === undefined);
  const perRound = made.reduce((sum, { scenario }) => sum + shardsOf(scenario), 0);
  const [streams, shards] = [made.length * repeat, perRound * repeat];
  const dollars = shards * shardHour;
  const each = made.map(({ scenario }) => `  ${scenario.name}: ${shardsOf(scenario)} shards\n`).join('');
  const text = `On AWS this creates ${streams} streams one after the other, with ${shards} shards in all, and deletes them:\n${each}${intoOthers(loaded)}About ${dollars.toFixed(2)} USD for shards (${shardHour} USD a shard and hour, begun hours counted whole); records come on top.\n`;
  return { streams, shards, dollars, text };
};

const intoOthers = (loaded: readonly LoadedScenario[]): string =>
  loaded
    .filter(({ scenario }) => scenario.stream.existing !== undefined)
    .map(({ scenario }) => `  ${scenario.name} puts records into the stream ${scenario.stream.existing}, which stays\n`)
    .join('');

const shardsOf = ({ stream, reshard }: LoadedScenario['scenario']): number =>
  reshard.reduce((sum, plan) => sum + addedBy(plan), stream.shards);

const addedBy = (plan: LoadedScenario['scenario']['reshard'][number]): number => {
  if ('target' in plan) return plan.target;
  return plan.action === 'SplitShard' ? 2 : 1;
};

/** Nothing is asked of AWS before there is a yes. */
export const assertConsent = async (plan: AwsPlan, isSaid: boolean): Promise<void> => {
  process.stderr.write(plan.text);
  const what = `the run would create ${plan.streams} streams on AWS`;
  if (await consents(isSaid, what, 'Go on?')) return;
  throw new HarnessError('usage', 'not agreed: nothing was created on AWS');
};

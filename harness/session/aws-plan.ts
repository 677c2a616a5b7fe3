import { HarnessError } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { several } from '../lib/several.ts';
import { plannedRecords } from '../run/produce.ts';
import type { LoadedScenario } from '../scenario/load.ts';

/**
 * Prices in US dollars, from AWS's price list for us-east-1: a provisioned shard and hour, an on-demand stream and
 * hour, a million PUT payload units (25 KB each). Begun hours count in full.
 */
const shardHour = 0.015;
const onDemandHour = 0.04;
const millionPuts = 0.014;

export type AwsPlan = {
  readonly streams: number;
  readonly shards: number;
  readonly dollars: number;
  readonly text: string;
};

/** The upper limits of a run whose number of streams depends on its own results. */
export type AtMost = {
  readonly name: string;
  readonly scenario: Scenario;
  readonly streams: number;
  /** The records in all streams together. Default: as many in each stream as the scenario plans. */
  readonly records?: number;
};

export type AwsPlanOptions = {
  readonly repeat: number;
  readonly keep: boolean;
  readonly region?: string | undefined;
  readonly atMost?: readonly AtMost[];
};

/**
 * Lists what a run on AWS will create, with its price: one stream for each scenario, for less than an hour. Shards
 * that a reshard adds count as well, because they are paid for. An existing stream costs nothing more, but is listed
 * because records are put into it. The list also says what is not estimated.
 */
export const awsPlan = (
  loaded: readonly LoadedScenario[],
  { repeat, keep, region, atMost = [] }: AwsPlanOptions,
): AwsPlan => {
  const all = loaded.map(({ scenario }) => scenario);
  const made = all.filter(({ stream }) => stream.existing === undefined);
  const more = atMost.filter(({ scenario: { stream } }) => stream.existing === undefined);
  const streams = made.length * repeat + sum(more.map((one) => one.streams));
  const moreShards = sum(more.map((one) => (isProvisioned(one.scenario) ? one.streams * shardsOf(one.scenario) : 0)));
  const shards = sum(made.filter(isProvisioned).map(shardsOf)) * repeat + moreShards;
  const moreOnDemand = sum(more.map((one) => (isProvisioned(one.scenario) ? 0 : one.streams)));
  const perHour =
    shards * shardHour +
    (made.filter((scenario) => !isProvisioned(scenario)).length * repeat + moreOnDemand) * onDemandHour;
  const records = sum(all.map(plannedRecords)) * repeat + sum(atMost.map(recordsOf));
  const most = atMost.length === 0 ? '' : 'at most ';
  const dollars = perHour + (records / 1e6) * millionPuts;
  const text = [
    `On AWS${region === undefined ? '' : ` (${region})`} this creates ${most}${several(streams, 'stream')}, with ${several(shards, 'provisioned shard')} in all, and ${keep ? 'leaves them there (--keep)' : 'deletes them'}:`,
    ...made.map((scenario) => `  ${scenario.name}: ${repeat === 1 ? '' : `${repeat} × `}${whatOf(scenario)}`),
    ...atMost.map(
      (one) => `  ${one.name}: at most ${one.streams} × ${whatOf(one.scenario)}, ${several(recordsOf(one), 'record')}`,
    ),
    ...all.flatMap(intoOthers),
    `${most === '' ? 'About' : 'At most about'} ${dollars.toFixed(2)} USD: ${shardHour} a shard and hour, ${onDemandHour} an on-demand stream and hour, begun hours counted whole, and ${several(records, 'record')}; prices of us-east-1, other regions differ.`,
    'Not in it: records sent again, longer retention, encryption, data read from on-demand streams, and whatever else a template of your own makes.',
    ...(keep ? [`What is kept goes on costing about ${perHour.toFixed(2)} USD an hour until it is removed.`] : []),
  ];
  return { streams, shards, dollars, text: `${text.join('\n')}\n` };
};

const recordsOf = ({ streams, scenario, records = streams * plannedRecords(scenario) }: AtMost): number => records;

/** The cost of this many streams of one shard, each deleted within the hour. */
export const priceOfStreams = (streams: number): string =>
  `about ${(streams * shardHour).toFixed(2)} USD: ${several(streams, 'stream')} of one shard, ${shardHour} a shard and begun hour, prices of us-east-1`;

type Scenario = LoadedScenario['scenario'];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const isProvisioned = ({ stream }: Scenario): boolean => stream.mode !== 'ON_DEMAND';

const whatOf = (scenario: Scenario): string => {
  if (scenario.stream.template !== undefined)
    return `what ${scenario.stream.template.file} holds; its shards are counted as ${shardsOf(scenario)}`;
  return isProvisioned(scenario) ? several(shardsOf(scenario), 'shard') : 'an on-demand stream';
};

const intoOthers = ({ name, stream }: Scenario): readonly string[] =>
  stream.existing === undefined ? [] : [`  ${name} puts records into the stream ${stream.existing}, which stays`];

const shardsOf = ({ stream, reshard }: Scenario): number =>
  reshard.reduce((total, plan) => total + addedBy(plan), stream.shards);

const addedBy = (plan: Scenario['reshard'][number]): number => {
  if ('target' in plan) return plan.target;
  return plan.action === 'SplitShard' ? 2 : 1;
};

/**
 * Asks a person for confirmation. `isGiven`: it was given beforehand. `what`: what the command would do without
 * asking. Resolves to true if confirmed.
 */
export type Consents = (isGiven: boolean, what: string, question: string) => Promise<boolean>;

/**
 * For commands without a terminal: accepts only a confirmation given beforehand. Rejects with HarnessError('usage')
 * otherwise.
 */
export const unattended: Consents = async (isSaid, what) => {
  if (isSaid) return true;
  throw new HarnessError('usage', `${what}; there is no terminal to ask on`, { hint: 'say --yes' });
};

/**
 * Prints the plan and asks for confirmation. Rejects with HarnessError('usage') without one. No call is made to AWS
 * before.
 */
export const assertConsent = async (plan: AwsPlan, isSaid: boolean, consents: Consents): Promise<void> => {
  print.err(plan.text);
  const what = `the run would create ${several(plan.streams, 'stream')} on AWS`;
  if (await consents(isSaid, what, 'Go on?')) return;
  throw new HarnessError('usage', 'not confirmed: nothing was created on AWS');
};

import type { LocalRoute } from '../gateway/local-route.ts';
import { counter } from '../lib/counter.ts';
import { HarnessError } from '../lib/error.ts';
import { textIn } from '../lib/text-in.ts';
import type { Door, HandedRecord } from '../producers/program.ts';
import { Fetchers } from '../subjects/fetchers.ts';
import type { SubjectDoor } from '../subjects/subject-door.ts';
import type { ApiCall, CallObserver } from '../tap/call.ts';
import { counterIds } from '../tap/counter-ids.ts';
import { identifierOf } from '../tap/identity/identify.ts';
import { type IdentitySpec, identitySpec } from '../tap/identity/spec.ts';
import { type MarkedIds, markedIds } from '../tap/marked-ids.ts';
import { orderIds } from '../tap/order-ids.ts';
import type { PutCall } from '../tap/put-call.ts';
import { ownId, type RecordIds } from '../tap/record-ids.ts';
import { streamRefOf } from '../tap/stream-ref.ts';
import { StreamTap } from '../tap/stream-tap.ts';
import type { Counters } from './counters.ts';
import type { DriveOptions } from './drive-options.ts';
import { type DoorsOptions, programDoors } from './program-doors.ts';
import { topologies } from './topologies.ts';

export type ProgramsOptions = {
  readonly options: DriveOptions;
  readonly counts: Counters;
  readonly nextOp: () => number;
  readonly nextChain: () => number;
} & Pick<DoorsOptions, 'listen' | 'caFiles'>;

/** The user's programs in a scenario. All write to the same history. */
export type Programs = {
  readonly observer: CallObserver;
  readonly onRequest: (port: string) => void;
  readonly door: (producer: string) => Promise<Door>;
  /** A port for an instance of a consumer under test. Its calls show what the group's clients fetched. */
  readonly subjectDoor: (instance: string, group: string) => Promise<SubjectDoor>;
  /** Lines that consumers under test POST. */
  readonly linesRoute: LocalRoute;
  readonly handed: (producer: string, record: HandedRecord) => void;
  /** The identity of a record that was read. */
  readonly read: RecordIds['read'] | undefined;
  readonly mark: MarkedIds['mark'];
  /** Notes for the report, after the load. */
  readonly notes: () => readonly string[];
  /** Records that programs received and have not sent so far. */
  readonly unsent: () => number;
  readonly idle: () => Promise<void>;
};

const settleMs = 30_000;

/** The most kinds of calls to other streams that get a note. */
const elsewhereMax = 20;

export const programsOf = async (given: ProgramsOptions): Promise<Programs> => {
  const { options, counts, nextOp, nextChain, listen, caFiles } = given;
  const { stream, kinesis, recorder, scenario, target, signal, identityRun } = options;
  const spec = identityIn(scenario.producers);
  const identify = spec === undefined ? undefined : await identifierOf(spec, process.cwd());
  const isShared = scenario.stream.existing !== undefined;
  const ids = markedIds(
    identify === undefined
      ? orderIds(identityRun)
      : counterIds({ text: textOf(spec), identify, ownRun: identityRun, isShared }),
  );
  const handedOver = handedBook(identityRun);
  const lists = topologies({
    kinesis,
    stream,
    recorder,
    onList: (event) => tap.learn(event),
    settleMs: settleMs * target.slowness,
    signal,
  });
  const fetchers = new Fetchers();
  const tap = new StreamTap({
    write: fetchers.watch(recorder.write),
    now: recorder.now,
    ids,
    nextOp,
    nextChain,
    nextReshard: counter(scenario.reshard.length),
    producerOf: ({ port }) => port,
    clientOf: ({ port }) => fetchers.clientOf(port),
    duesOf: handedOver.duesOf,
    readerEvent: (reader) => fetchers.readerEvent(reader),
    unsubscribed: (subscription) => fetchers.unsubscribed(subscription),
    onAcked: (places) => {
      for (const { shard, seq } of places) counts.noteAck(shard, seq);
    },
    onUnknownShard: lists.lookAgain,
    settled: lists.settled,
  });
  const silent = { answered: () => undefined };
  const elsewhere = new Set<string>();
  const noteElsewhere = ({ port, scope }: ApiCall, name: string | undefined): void => {
    const { endpoint, region } = target.client;
    if (name !== undefined && name !== stream)
      elsewhere.add(
        `${port} calls the stream ${name}, and the scenario's stream is ${stream}: the program finds that name in KINESIS_ORDER_STREAM, or in its arguments as {stream}`,
      );
    else if (endpoint !== undefined && scope.region !== undefined && scope.region !== region)
      elsewhere.add(
        `${port} calls ${stream} in ${scope.region}, and the scenario's stream is in ${region}: give the scenario's run --region ${scope.region}`,
      );
  };
  const doors = programDoors({ options, listen, caFiles });
  return {
    observer: {
      sent: (call) => {
        const isOurs = call.tag !== undefined;
        const name = streamRefOf(call)?.name;
        if (!isOurs && elsewhere.size < elsewhereMax) noteElsewhere(call, name);
        const iterator = textIn(call.input, 'ShardIterator');
        const isMine = name === stream || (iterator !== undefined && tap.hasIterator(iterator));
        return (isOurs || !isMine ? undefined : tap.sent(call)) ?? silent;
      },
    },
    onRequest: doors.onRequest,
    door: doors.door,
    subjectDoor: async (instance, group) => ({
      ...(await doors.door(instance)),
      isAws: target.client.endpoint === undefined,
      ...fetchers.open(instance, group),
    }),
    linesRoute: fetchers.route,
    handed: (producer, record) => handedOver.handed(record, recorder.now(), producer),
    read: ids.read,
    mark: ids.mark,
    unsent: handedOver.unsent,
    notes: () => [...ids.notes(), ...handedOver.notes(), ...elsewhere],
    idle: lists.idle,
  };
};

/**
 * The identity that all programs of a scenario share, because a history has only one. undefined if no program makes
 * records of its own. Throws HarnessError('usage') if two programs differ.
 */
export const identityIn = (producers: DriveOptions['scenario']['producers']): IdentitySpec | undefined => {
  const own = producers.filter(({ records }) => records === 'own');
  const specs = own.map(({ identity = { from: 'none' } }) => identitySpec.parse(identity));
  const other = specs.findIndex((spec) => JSON.stringify(spec) !== JSON.stringify(specs[0]));
  if (other < 0) return specs[0];
  throw new HarnessError(
    'usage',
    `producers: ${own[0]?.name} and ${own[other]?.name} have different identities, and a history has one`,
    { hint: 'give them the same, or a scenario each' },
  );
};

const textOf = (spec: IdentitySpec | undefined): string => {
  if (spec?.from === 'json') return `json:${spec.n}`;
  if (spec?.from === 're') return `re:${spec.pattern}`;
  return spec?.from === 'module' ? `module:${spec.file}` : 'none';
};

type HandedBook = {
  readonly handed: (record: HandedRecord, t: number, producer: string) => void;
  readonly duesOf: (put: PutCall) => readonly (number | undefined)[] | undefined;
  readonly notes: () => readonly string[];
  readonly unsent: () => number;
};

/**
 * Keeps when each record was due, from its handing over to a program until its put. Records that remain at the end
 * were never sent.
 */
const handedBook = (run: string): HandedBook => {
  const waiting = new Map<string, number>();
  const keyOf = (producer: string | undefined, key: string, n: number | undefined): string =>
    JSON.stringify([producer, key, n]);
  return {
    handed: ({ key, n, due }, t, producer) => void waiting.set(keyOf(producer, key, n), due ?? t),
    duesOf: ({ records }) => {
      if (waiting.size === 0) return undefined;
      return records.map((record) => {
        const { key: sent, data } = record;
        const id = ownId({ key: sent, data }, run);
        const key = keyOf(id?.producer, id?.idKey ?? sent ?? '', id?.n);
        const due = waiting.get(key);
        waiting.delete(key);
        return due;
      });
    },
    unsent: () => waiting.size,
    notes: () => {
      if (waiting.size === 0) return [];
      const names = [...waiting.keys()].slice(0, 3).map((text) => {
        const [producer, key, n] = JSON.parse(text) as readonly [string, string, number];
        return `${producer}'s ${key} #${n}`;
      });
      return [
        `${waiting.size} records were handed over and never sent: ${names.join(', ')}${waiting.size > 3 ? ' …' : ''}`,
      ];
    },
  };
};

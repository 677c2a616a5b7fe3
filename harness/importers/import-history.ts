import { type FileRecorder, openRecorder } from '../history/open-recorder.ts';
import { HarnessError } from '../lib/error.ts';
import type { EventBody, Head } from '../model/event.ts';
import { Assembler } from './assemble.ts';
import { assertAllCounted, assertKeyed, assertNamed, assertRecords } from './assert-complete.ts';
import { batchesOf } from './batches.ts';
import type { Fact } from './fact.ts';
import { fileOrderDoubts, fileOrderWords, inFileOrder, isSameOrder } from './file-order.ts';
import type { Format, Opened } from './format.ts';
import { importHead } from './import-head.ts';
import type { ImportOptions } from './import-options.ts';
import type { Lack } from './lack.ts';
import { kindOf, largestFirst } from './largest-first.ts';
import { isLikeTime } from './like-time.ts';
import { LineClock } from './line-clock.ts';
import { endOf, type FoundIn, foundIn } from './outcome.ts';
import type { ImportFile, Reading } from './reading.ts';
import { formats } from './registry.ts';
import { readShardList, type ShardList } from './shard-list.ts';
import { Tally } from './tally.ts';
import { openText } from './text-source.ts';
import { Watch } from './watch.ts';
import { zonelessSides, zoneWords } from './zone-words.ts';

export type Imported = {
  readonly head: Head;
  readonly records: number;
  /** What happened to the lines of each file, one sentence each. */
  readonly words: readonly string[];
  /** Where the fields were found, by file. */
  readonly found: readonly FoundIn[];
};

/** Turns other tools' files into one history, which contains nothing that is not in them. */
export const importHistory = async (options: ImportOptions): Promise<Imported> => {
  const readings: Reading[] = [];
  assertRecords(options.files);
  // Before anything is written, so that a wrong list does not overwrite the file at `out`.
  const list = options.shards === undefined ? undefined : readShardList(options.shards);
  try {
    readings.push(...(await openLogs(options)));
    const { identity, payloadIdentity } =
      readings.find(({ opened }) => opened.identity ?? opened.payloadIdentity)?.opened ?? {};
    for (const file of options.files)
      if (isStream(file)) readings.push(await openFile(file, options, { guessed: identity ?? payloadIdentity }));
    assertAllCounted(readings);
    assertKeyed(readings);
    assertNamed(readings);
    return await write(readings, options, list);
  } finally {
    for (const { close } of readings) close();
  }
};

const isStream = ({ format }: ImportFile): boolean => (formats[format] as Format).isStream === true;

/**
 * Opens reads before puts, because the keys of the reads show which field of the puts is the key. Returns the files in
 * the order of the command line.
 */
const openLogs = async (options: ImportOptions): Promise<readonly Reading[]> => {
  const logs = options.files.filter((file) => !isStream(file));
  const opened = new Map<ImportFile, Reading>();
  try {
    const examples = new Map<string, Opened>();
    const openLog = async (file: ImportFile, keysOfReads?: ReadonlySet<string>): Promise<void> => {
      const example = examples.get(kindOf(file));
      const reading = await openFile(file, options, { index: logs.indexOf(file), keysOfReads, example });
      opened.set(file, reading);
      if (example === undefined) examples.set(kindOf(file), reading.opened);
    };
    const byTurn = await largestFirst(logs);
    for (const file of byTurn) if (!file.isPut) await openLog(file);
    const keys = new Set([...opened.values()].flatMap((reading) => reading.opened.sampleKeys ?? []));
    for (const file of byTurn) if (file.isPut) await openLog(file, keys);
    return logs.flatMap((file) => opened.get(file) ?? []);
  } catch (thrown) {
    for (const { close } of opened.values()) close();
    throw thrown;
  }
};

type Beside = {
  /** Its index in `import.files` of the head. A stream has none. */
  readonly index?: number;
  readonly guessed?: string | undefined;
  readonly keysOfReads?: ReadonlySet<string> | undefined;
  readonly example?: Opened | undefined;
};

const openFile = async (
  file: ImportFile,
  options: ImportOptions,
  { index, guessed, keysOfReads, example }: Beside,
): Promise<Reading> => {
  const { mappings, identify, prefix, brokenMax } = options;
  const format: Format = formats[file.format];
  const { isPut, path } = file;
  const source = await openText(format.isStream === true ? await options.readStream(path, guessed) : path);
  const tally = new Tally(format.isStream === true ? `stream ${path}` : source.name, brokenMax, index);
  try {
    if (format.isStream !== true) assertNoHistory(source.start, source.name);
    const mapping = isPut ? mappings.puts : mappings.reads;
    const zone = isPut ? options.zones?.puts : options.zones?.reads;
    const opened = await format.open({ source, isPut, mapping, identify, prefix, tally, zone, keysOfReads, example });
    return { file, tally, opened, isCut: source.isCut, close: source.close };
  } catch (thrown) {
    source.close();
    throw thrown;
  }
};

const assertNoHistory = (start: string, name: string): void => {
  if (!start.slice(0, 4096).includes('"kinesis-order-history"')) return;
  throw new HarnessError('usage', `${name} is already a history`, { hint: `kinesis-order check ${name}` });
};

const write = async (
  readings: readonly Reading[],
  options: ImportOptions,
  list: ShardList | undefined,
): Promise<Imported> => {
  const isTimed = readings.every(({ opened }) => !opened.lacks.includes('time'));
  const ordered = inFileOrder(readings);
  const names = readings.map(({ tally }) => tally.name);
  const batches = batchesOf(ordered, isTimed)[Symbol.asyncIterator]();
  const first = await firstFacts(batches);
  const start = isTimed ? first.find(({ time }) => time !== undefined)?.time : undefined;
  const head = headOf(readings, options, start, first);
  const clock = new LineClock(start);
  const recorder = await openRecorder({ path: options.out, head, clock: clock.clock });
  try {
    const watch = new Watch({
      readers: readings.flatMap(({ file }) => file.reader ?? []),
      isShardListed: list !== undefined || readings.some(({ opened }) => opened.known !== undefined),
      isShardless: head.import?.lacks.includes('shard') === true,
      isTied: head.import?.lacks.includes('unique-counter') === true,
      isDense: options.identity.counter === 'dense',
      mergedByTime: isTimed ? names : [],
      sortedByNumber: isTimed || isSameOrder(readings, ordered) ? [] : names,
      clockSkewMs: options.clockSkewMs,
    });
    if (list !== undefined) {
      watch.list(list);
      clock.step(undefined);
      recorder.write(list);
    }
    await writeFacts({ first, rest: batches, clock, recorder, head, watch }, options);
    const cut = readings.find(({ isCut }) => isCut());
    const cutWords = `${cut?.tally.name} is cut short: its compressed data ends early`;
    // Nobody knows what they mean, so the verdict is unknown.
    const doubts = [
      ...readings.flatMap(({ tally, opened: { doubt } }) => (doubt === undefined ? [] : [`${tally.name}: ${doubt}`])),
      ...watch.missed.words(),
      ...watch.fileTimes.words(),
      ...(isTimed && !watch.fileTimes.hasTies ? [] : fileOrderDoubts(readings, ordered, isTimed ? 1 : undefined)),
      ...watch.sortedFiles.words(),
    ];
    const words = [
      ...readings.flatMap(({ tally }) => tally.words()),
      ...(isTimed ? [] : fileOrderWords(readings, ordered)),
      ...zoneWords(readings),
      ...watch.words(head.stream?.name, zonelessSides(readings)),
      ...watch.missed.notes(),
      ...doubts,
    ];
    for (const text of words) {
      clock.step(undefined);
      recorder.write({ type: 'note', text });
    }
    clock.step(undefined);
    const error = cut === undefined ? doubts.join('; ') : cutWords;
    recorder.write(endOf(readings, error));
    return {
      head,
      words: cut === undefined ? words : [...words, `${cutWords}; everything before was imported`],
      records: readings.reduce((sum, { tally }) => sum + tally.taken, 0),
      found: readings.map(foundIn),
    };
  } finally {
    await recorder.close();
  }
};

type Writing = {
  readonly first: readonly Fact[];
  readonly rest: AsyncIterator<readonly Fact[]>;
  readonly clock: LineClock;
  readonly recorder: FileRecorder;
  readonly head: Head;
  readonly watch: Watch;
};

/** The maximum number of records that wait to be written. */
const waitingMax = 20_000;

const writeFacts = async (
  { first, rest, clock, recorder, head: { recorded, target }, watch }: Writing,
  { reader, signal }: ImportOptions,
): Promise<void> => {
  // If the stream itself was read, its pages show what is stored where.
  const isStreamKnown = target !== undefined;
  const assembler = new Assembler({
    reader,
    isReadTwice: recorded?.includes('puts') === true && !isStreamKnown,
    at: (time) => clock.at(time),
    write: (event: EventBody) => {
      clock.step(assembler.time);
      recorder.write(event);
    },
    append: (body) => {
      clock.step(assembler.time);
      recorder.append(body);
    },
  });
  let waiting = 0;
  for (let facts = first; ; ) {
    for (const fact of facts) {
      const seen = watch.seen(fact);
      if (seen !== undefined) assembler.take(seen);
    }
    // The disk may be slower than the importer, and unwritten lines are kept in memory.
    waiting += facts.length;
    if (waiting > waitingMax) {
      await recorder.flush();
      waiting = 0;
    }
    signal?.throwIfAborted();
    const next = await rest.next();
    if (next.done === true) break;
    facts = next.value;
  }
  assembler.flush();
};

const firstFacts = async (batches: AsyncIterator<readonly Fact[]>): Promise<readonly Fact[]> => {
  for (;;) {
    const next = await batches.next();
    if (next.done === true) return [];
    if (next.value.length > 0) return next.value;
  }
};

const headOf = (
  readings: readonly Reading[],
  options: ImportOptions,
  startedAt: number | undefined,
  first: readonly Fact[],
): Head => {
  const lacks = new Set<Lack>(readings.flatMap(({ opened }) => opened.lacks));
  if (isLikeTimes(first)) lacks.add('unique-counter');
  if (startedAt === undefined) lacks.add('time');
  if (readings.some(({ file }) => file.isPut) && !readings.some(({ opened }) => opened.known !== undefined))
    lacks.add('stored');
  return importHead({
    ...options,
    startedAt,
    hasPuts: readings.some(({ file }) => file.isPut),
    stream: options.stream ?? readings.map(({ opened }) => opened.stream?.()).find((name) => name !== undefined),
    format: [...new Set(readings.map(({ file }) => file.format))].join('+'),
    files: readings.map(({ tally }) => tally.name),
    lacks: [...lacks],
    known: readings.find(({ opened }) => opened.known !== undefined)?.opened.known,
  });
};

/** True if the counters look like times. Two records of one key may share a time. */
const isLikeTimes = (facts: readonly Fact[]): boolean =>
  isLikeTime(
    facts.flatMap((fact) => ((fact.kind === 'read' || fact.kind === 'put') && fact.n !== undefined ? [fact.n] : [])),
  );

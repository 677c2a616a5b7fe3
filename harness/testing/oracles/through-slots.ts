import { expect } from 'vitest';
import { decodeLine } from '../../history/decode.ts';
import { LineFeeder } from '../../history/line-feeder.ts';
import { SlotReader, SlotWriter, slotMemory } from '../../history/line-slot.ts';
import { itemBit, type LineColumns } from '../../model/line-columns.ts';
import { limbsPer } from '../../model/sequences.ts';

const span = (hot: LineColumns, start: number, end: number): string =>
  start < 0 ? '-' : Buffer.from(hot.source.bytes.subarray(start, end)).toString('latin1');

/** Everything that a judge may read of a scanned line. */
const told = (hot: LineColumns, line: number): unknown => {
  const items = Array.from({ length: hot.count }, (_, item) => {
    const if_ = (bit: number, what: () => unknown): unknown => (hot.hasAll(item, bit) ? what() : undefined);
    const at = (column: ArrayLike<number>): number => column[item] as number;
    return [
      hot.has[item],
      if_(itemBit.name, () => span(hot, at(hot.nameStart), at(hot.nameEnd))),
      if_(itemBit.idKey, () => span(hot, at(hot.idKeyStart), at(hot.idKeyEnd))),
      if_(itemBit.hash, () => span(hot, at(hot.hashStart), at(hot.hashEnd))),
      if_(itemBit.producer, () => span(hot, at(hot.producerStart), at(hot.producerEnd))),
      if_(itemBit.number, () => [...hot.limbs.subarray(item * limbsPer, (item + 1) * limbsPer)]),
      if_(itemBit.digest, () => [at(hot.digestHigh), at(hot.digestLow)]),
      if_(itemBit.n, () => at(hot.n)),
      if_(itemBit.size, () => at(hot.size)),
      if_(itemBit.arrival, () => at(hot.arrival)),
    ];
  });
  const { type, t, t0, op, isBatch, chain, behind, more, retryOf, attempts } = hot;
  const spans = [hot.producer, hot.reader, hot.shard].map(({ start, end }) => span(hot, start, end));
  return [line, type, t, t0, op, isBatch, chain, behind, more, retryOf, attempts, ...spans, ...items];
};

/** The lines of a history as a judge receives them directly. */
const straight = (bytes: Uint8Array): readonly unknown[] => {
  const seen: unknown[] = [];
  const feeder = new LineFeeder(
    (event, line) => seen.push([line, event]),
    (hot, line) => seen.push(told(hot, line)),
  );
  feeder.feed(bytes);
  feeder.finish();
  return seen;
};

const throughSlots = (
  bytes: Uint8Array,
  size: number,
): { readonly seen: readonly unknown[]; readonly slots: number } => {
  const seen: unknown[] = [];
  let slots = 0;
  const memory = slotMemory(size);
  const [writer, reader] = [new SlotWriter(memory), new SlotReader(memory)];
  const flush = (): void => {
    reader.fold(writer.lines, {
      text: (text, line) => seen.push([line, decodeLine(text, line)]),
      hot: (hot, line) => seen.push(told(hot, line)),
    });
    writer.clear();
    slots += 1;
  };
  let raw: readonly [Uint8Array, number, number] = [bytes, 0, 0];
  const put = (line: number, write: () => boolean): void => {
    if (write()) return;
    flush();
    if (!write()) seen.push([line, decodeLine(Buffer.from(raw[0].slice(raw[1], raw[2])).toString('utf8'), line)]);
  };
  const feeder = new LineFeeder(
    (_, line) => put(line, () => writer.text(line, ...raw)),
    (hot, line) => put(line, () => writer.hot(line, hot, raw[1], raw[2])),
    undefined,
    (source, start, end) => {
      raw = [source, start, end];
    },
  );
  feeder.feed(bytes);
  feeder.finish();
  flush();
  return { seen, slots };
};

/**
 * Asserts that a judge receives the same lines, whether or not they go through the memory of two threads. Returns the
 * number of slots of that size. A line may come as columns in one reading and as an event in the other, because
 * scanners learn.
 */
export const expectSame = (bytes: Uint8Array, size: number): number => {
  const [own, { seen, slots }] = [straight(bytes), throughSlots(bytes, size)];
  expect(seen.map((one) => (one as readonly unknown[])[0])).toEqual(own.map((one) => (one as readonly unknown[])[0]));
  const isEvent = (one: unknown): boolean => (one as readonly unknown[]).length === 2;
  const pairs = own.map((one, index) => [one, seen[index]] as const);
  const alike = pairs.filter(([one, other]) => isEvent(one) === isEvent(other));
  expect(alike.length).toBeGreaterThan(0);
  expect(alike.map(([, other]) => JSON.stringify(other))).toEqual(alike.map(([one]) => JSON.stringify(one)));
  return slots;
};

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readHistory } from '../history/read-history.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { numbersOf } from './numbers-apart.ts';
import { packed } from './pack.ts';
import { type PartHead, partEnding, partName } from './part-head.ts';
import { PartWriter } from './part-writer.ts';
import { placesOf, Route } from './route.ts';
import { Survey } from './survey.ts';

export type SplitOptions = {
  readonly parts: number;
  readonly folder: string;
  readonly signal?: AbortSignal;
  /** The name of the history in the verdict. Default: its path. */
  readonly name?: string;
};

export type Split = {
  readonly parts: readonly { readonly path: string; readonly bytes: number }[];
  /** The number of components. */
  readonly components: number;
  readonly together: string | undefined;
};

/** The highest number of parts: more open files would need a higher limit on many machines. */
export const partsMax = 256;

/**
 * Writes a history as several parts that can be judged separately. A component of shards is never cut. Rejects if the
 * history is invalid.
 */
export const splitHistory = async (
  path: string,
  { parts, folder, signal, name = path }: SplitOptions,
): Promise<Split> => {
  if (!Number.isSafeInteger(parts) || parts < 1 || parts > partsMax)
    throw new HarnessError('usage', `--parts: expected a whole number from 1 to ${partsMax}, got ${parts}`);
  const reading = signal === undefined ? {} : { signal };
  const { survey, head } = await surveyed(path, reading);
  const weights = survey.components.weights();
  const partOf = packed(weights, parts);
  await makeFolder(folder).catch((cause: unknown) => {
    throw new HarnessError('target', `cannot make the folder ${folder}: ${messageOf(cause)}`, { cause });
  });
  const stems = Array.from({ length: parts }, (_, part) => join(folder, partName(part + 1, parts)));
  const writers = stems.map(
    (stem, part) => new PartWriter(stem, { ...head, history: name, part: part + 1, of: parts }),
  );
  const route = new Route(placesOf(survey, partOf), writers);
  try {
    await readHistory(path, (event, line) => route.event(event, line), {
      ...reading,
      onHot: (hot, line) => route.hot(hot, line),
      onRaw: (bytes, start, end) => route.raw(bytes, start, end),
    });
  } finally {
    for (const writer of writers) writer.close();
  }
  return {
    parts: stems.map((stem, part) => ({ path: `${stem}${partEnding}`, bytes: (writers[part] as PartWriter).bytes })),
    components: [...weights.values()].filter((bytes) => bytes > 0).length,
    together: survey.together,
  };
};

type Surveyed = { readonly survey: Survey; readonly head: Omit<PartHead, 'part' | 'of' | 'history'> };

const surveyed = async (path: string, reading: { readonly signal?: AbortSignal }): Promise<Surveyed> => {
  const survey = new Survey();
  const hash = createHash('sha256');
  let [lines, bytes] = [0, 0];
  const isWhole = await readHistory(path, (event) => survey.event(event), {
    ...reading,
    onHot: (hot) => survey.hot(hot),
    onRaw: (source, start, end) => {
      if (lines === 0) hash.update(source.subarray(start, end));
      lines += 1;
      bytes += end - start;
      survey.bytes = end - start;
    },
  });
  const { inFlightMax, lastT, numbers, together } = survey;
  return {
    survey,
    head: {
      format: 'kinesis-order-part',
      version: 1,
      split: hash.update(`\n${lines} ${bytes}`).digest('hex').slice(0, 16),
      inFlightMax,
      lastT: Number.isFinite(lastT) ? lastT : null,
      isWhole,
      numbers: numbersOf([numbers.facts], (_, shard) => shard),
      ...(together === undefined ? {} : { together }),
    },
  };
};

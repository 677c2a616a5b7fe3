import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkHistory } from '../../judging/check-history.ts';
import { messageOf } from '../../lib/error.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { judgeParts } from '../../parts/judge-parts.ts';
import { splitHistory } from '../../parts/split.ts';
import { type Summary, summaryOf } from '../../parts/summary.ts';

/** One history, judged whole and in parts. */
export type Held = {
  readonly whole: HistoryVerdict | string;
  readonly merged: HistoryVerdict | string;
  readonly components: number;
  readonly bytes: readonly number[];
  /** How many parts are plain, and why the others are not. */
  readonly plain: number;
  readonly odd: readonly string[];
};

/** Both sides of the law: merge(check(split(h, n))) = check(h). */
export const bothSides = async (bytes: Uint8Array, parts: number): Promise<Held> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-parts-'));
  try {
    const path = join(folder, 'history.ndjson');
    await writeFile(path, bytes);
    const whole = await checkHistory(path).catch(messageOf);
    const held = { components: 0, bytes: [] as readonly number[], plain: 0, odd: [] as readonly string[] };
    const merged = await inParts(path, join(folder, 'parts'), parts, held).catch(messageOf);
    return { whole, merged, ...held };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

type Seen = { components: number; bytes: readonly number[]; plain: number; odd: readonly string[] };

const inParts = async (path: string, folder: string, parts: number, held: Seen): Promise<HistoryVerdict> => {
  const split = await splitHistory(path, { parts, folder });
  const summaries = split.parts.map((part) => JSON.parse(JSON.stringify(summaryOf(part.path))) as Summary);
  held.components = split.components;
  held.bytes = split.parts.map(({ bytes }) => bytes);
  held.plain = summaries.filter(({ facts }) => facts !== undefined).length;
  held.odd = summaries.flatMap(({ odd }) => odd ?? []);
  return judgeParts(summaries, (summary) => summary.path, {});
};

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckOptions, checkHistory } from '../../judging/check-history.ts';
import { messageOf } from '../../lib/error.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { judgeParts } from '../../parts/judge-parts.ts';
import { splitHistory } from '../../parts/split.ts';
import { type Summary, summaryOf } from '../../parts/summary.ts';

/** One history, judged in parts: the verdict, or the error. */
export type InParts = {
  readonly said: HistoryVerdict | string;
  readonly components: number;
  readonly bytes: readonly number[];
};

export type BothSides = { readonly whole: HistoryVerdict | string; readonly inParts: readonly InParts[] };

/** Both sides of the law: merge(check(split(h, n))) = check(h), for each n of `counts`. */
export const bothSides = async (
  bytes: Uint8Array,
  counts: readonly number[],
  options: CheckOptions = {},
): Promise<BothSides> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-parts-'));
  try {
    const path = join(folder, 'history.ndjson');
    await writeFile(path, bytes);
    const whole = await checkHistory(path, options).catch(messageOf);
    const inParts: InParts[] = [];
    for (const parts of counts) inParts.push(await judged(path, parts, options));
    return { whole, inParts };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const judged = async (path: string, parts: number, options: CheckOptions): Promise<InParts> => {
  try {
    const split = await splitHistory(path, { parts, folder: `${path}-in-${parts}` });
    // Copied through JSON, as from a file.
    const summaries = split.parts.map((part) => JSON.parse(JSON.stringify(summaryOf(part.path))) as Summary);
    const said = judgeParts(summaries, (summary) => summary.path, options);
    return { said, components: split.components, bytes: split.parts.map((part) => part.bytes) };
  } catch (thrown) {
    return { said: messageOf(thrown), components: 0, bytes: [] };
  }
};

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkHistory } from '../../judging/check-history.ts';
import { freshSeed, seededRandom } from '../../lib/random.ts';
import { grown, type HistoryShape, shapedHistory, shapeOf } from '../generators/shaped-history.ts';

/**
 * `npm run fuzz:shapes`: judges histories of seeded shapes and measures the processor time per byte. Names each shape
 * that costs more than `dearest` times the median, or more than `growthMax` times as much a byte at twice the size,
 * with the command that makes it again.
 */
const dearest = 4;
/**
 * The highest growth of the cost per byte, of a history that is twice as large. A sort and a cold cache cost
 * something.
 */
const growthMax = 2;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' }, shapes: { type: 'string' } },
});
const seed = values.seed ?? freshSeed();
const minutes = Number(values.minutes);
const shapesMax = values.shapes === undefined ? Number.POSITIVE_INFINITY : Number(values.shapes);
if (!(minutes > 0) || !(shapesMax > 0)) {
  process.stderr.write('--minutes, --shapes: expected a number above 0\n');
  process.exit(2);
}

type Measured = { readonly nsPerByte: number; readonly bytes: number; readonly verdict: string; readonly why: string };
type Seen = {
  readonly index: number;
  readonly shape: HistoryShape;
  readonly small: Measured;
  readonly large: Measured;
};

const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-shapes-'));

const measured = async (name: string, shape: HistoryShape): Promise<Measured> => {
  const path = join(folder, 'h.ndjson');
  const text = shapedHistory(name, shape)
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
  writeFileSync(path, text);
  let [least, verdict, why] = [Number.POSITIVE_INFINITY, '', ''];
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage();
    const judged = await checkHistory(path);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
    verdict = judged.verdict;
    why = judged.unknown[0] ?? judged.findings.find(({ expect }) => expect === 'forbid')?.sentence ?? '';
  }
  return { nsPerByte: (least * 1000) / text.length, bytes: text.length, verdict, why };
};

const seen: Seen[] = [];
const until = performance.now() + minutes * 60_000;
for (let index = 0; index < shapesMax && performance.now() < until; index += 1) {
  const name = `${seed}/${index}`;
  const shape = shapeOf(seededRandom(name));
  // Not counted: the code is compiled during the first measurement.
  if (index === 0) await measured(name, shape);
  seen.push({ index, shape, small: await measured(name, shape), large: await measured(name, grown(shape, 2)) });
}
rmSync(folder, { recursive: true, force: true });

const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
const median = middle(seen.map(({ large }) => large.nsPerByte));
const growthOf = ({ small, large }: Seen): number => large.nsPerByte / small.nsPerByte;
const rowOf = (one: Seen): string =>
  `${(one.large.nsPerByte / median).toFixed(1)} × median, growth ${growthOf(one).toFixed(2)}, ${(one.large.bytes / 1e6).toFixed(1)} MB, ${one.large.verdict}: ${JSON.stringify(one.shape)}`;

const dear = seen.filter((one) => one.large.nsPerByte > dearest * median || growthOf(one) > growthMax);
const odd = seen.filter(({ large }) => large.verdict !== 'holds');
const lines = [
  `seed ${seed}: ${seen.length} shapes, median ${median.toFixed(1)} ns a byte`,
  ...seen
    .toSorted((a, b) => b.large.nsPerByte - a.large.nsPerByte)
    .slice(0, 5)
    .map((one) => `  ${rowOf(one)}`),
  ...odd
    .slice(0, 3)
    .map((one) => `not "holds" (${one.large.verdict}, shape ${one.index}): ${one.large.why.slice(0, 300)}`),
  ...dear.map((one) => `TOO DEAR, shape ${one.index}: ${rowOf(one)}`),
  `${dear.length} of ${seen.length} shapes cost more than ${dearest} times the median, or more than ${growthMax} times as much a byte at twice the size`,
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = dear.length > 0 ? 1 : 0;

// Latencies of `compare` against an independent open-loop client, at a server whose answer times are known.
// Interleaved, medians; they must agree within 5 %. npm run bench, or: npx tsx bench/compare.ts [rounds]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile } from '../harness/compare/latencies.ts';
import { kinesalite } from '../harness/targets/kinesalite.ts';
import { compareAt, independentAt } from '../harness/testing/stand-ins/compare-at.ts';
import { median } from './median.ts';

const rounds = Number(process.argv[2] ?? 3);
const [rate, seconds] = [100, 10];
const shares = [0.5, 0.9, 0.99];
// From 200 to 400 ms, in an order that does not ascend.
const known = { delayMs: (put: number) => 200 + ((put * 7919) % 1000) / 5 };
const arm = { name: 'wide', what: 'wide', producer: { type: 'putRecord', inFlight: 400 } };
const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-bench-'));
const target = await kinesalite.start({ cacheFolder: '/nowhere' });
try {
  const [ours, theirs]: [number[][], number[][]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const { row } = await compareAt(known, { target, folder }, { rate, seconds, arms: [arm] });
    ours.push(shares.map((share) => (percentile(row.dueToAcked, share) ?? 0) / 1000));
    const other = await independentAt(known, rate, rate * seconds);
    theirs.push(shares.map((share) => other[Math.ceil(share * other.length) - 1] ?? 0));
  }
  const apart = shares.map((share, index) => {
    const [own, other] = [ours, theirs].map((all) => median(all.map((one) => one[index] ?? 0))) as [number, number];
    process.stdout.write(
      `compare p${share * 100}: ${own.toFixed(1)} ms, the independent client ${other.toFixed(1)} ms: ${((own / other - 1) * 100).toFixed(1)} % apart (bar 5 %)\n`,
    );
    return Math.abs(own / other - 1);
  });
  process.exitCode = Math.max(...apart) < 0.05 ? 0 : 1;
} finally {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
}

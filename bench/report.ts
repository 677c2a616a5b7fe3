import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isChromiumThere, startChromium } from '../harness/testing/browser/chromium.ts';
import { median } from './median.ts';
import { type Shape, writeSynthetic } from './synthetic-history.ts';

/**
 * The HTML report of histories of 10, 1,000 and 1,000,000 records: the time to make it, its size, and the time until a
 * browser first paints it. Run `npm run build` first, because the built code is measured. Needs Chromium.
 */
const rounds = Number(process.argv[2] ?? 5);
const paintMax = 1000;
const bytesMax = 16 * 1024 * 1024;
const base = { shards: 4, isFollowed: true, hasTroubles: true, isOdd: true };
const cases: readonly Shape[] = [
  { ...base, records: 10, keys: 2, batch: 1 },
  { ...base, records: 1000, keys: 20, batch: 10 },
  { ...base, records: 1_000_000, keys: 10_000, shards: 16, batch: 100 },
  { ...base, records: 1_000_000, keys: 500_000, shards: 16, batch: 1 },
];

if (!(await isChromiumThere()))
  throw new Error('bench/report.ts needs Chromium: apt-get install -y chromium, or name it with CHROMIUM=');
const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-bench-'));
const browser = await startChromium();
let isMissed = false;
try {
  for (const shape of cases) {
    const [history, report] = [join(folder, 'history.ndjson'), join(folder, 'report.html')];
    writeSynthetic(history, shape);
    const times = (['json', 'html'] as const).map((reporter) => {
      const before = performance.now();
      try {
        execFileSync(process.execPath, ['dist/main.js', 'check', history, '--reporter', `${reporter}=${report}`], {
          stdio: 'ignore',
        });
      } catch (thrown) {
        if ((thrown as { readonly status?: number }).status !== 1) throw thrown;
      }
      return performance.now() - before;
    });
    const paints: number[] = [];
    const settled: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(pathToFileURL(report).href, { waitUntil: 'commit' });
      await page.waitForSelector('.history.on svg.map .shard', { state: 'attached' });
      settled.push(await page.evaluate('performance.now()'));
      paints.push(
        await page.evaluate(
          `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({ type: 'paint', buffered: true }))`,
        ),
      );
      await page.close();
    }
    const [judged = 0, drawn = 0] = times;
    const { size } = statSync(report);
    isMissed ||= median(paints) > paintMax || size > bytesMax;
    process.stdout.write(
      `${shape.records} records, ${shape.keys} keys, batches of ${shape.batch}: report ${(size / 1e6).toFixed(2)} MB (at most 16.8), made in ${((drawn - judged) / 1000).toFixed(2)} s beside ${(judged / 1000).toFixed(2)} s of judging; first paint ${Math.round(median(paints))} ms (at most ${paintMax}), map ${Math.round(median(settled))} ms, ${rounds} rounds\n`,
    );
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(isMissed ? 'a floor was missed\n' : 'all within their floors\n');
process.exitCode = isMissed ? 1 : 0;

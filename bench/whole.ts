import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDump } from './dump-history.ts';
import { wholeKinds, writeWhole } from './whole-history.ts';

/**
 * The memory of judging the histories of `wholeKinds`, and the dump of a consumer, which is kept whole. Run
 * `npm run build` first, because the built code is measured.
 */
const records = Number(process.argv[2] ?? 1_000_000);
const measures = fileURLToPath(new URL('./measure-check.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-bench-'));
try {
  for (const kind of [...wholeKinds, 'dump' as const].filter(
    (one) => process.argv.length < 4 || process.argv.includes(one),
  )) {
    const path = join(folder, `${kind}.ndjson`);
    if (kind === 'dump') writeDump(path, records);
    else writeWhole(path, kind, records);
    const measured = execFileSync(process.execPath, [measures, 'check', path, 'any'], { encoding: 'utf8' });
    const { rssMb, cpuMs, verdict } = JSON.parse(measured) as {
      readonly rssMb: number;
      readonly cpuMs: number;
      readonly verdict: string;
    };
    process.stdout.write(
      `${records} records, ${kind}: ${verdict}, peak ${rssMb} MB, CPU ${(cpuMs / 1000).toFixed(1)} s\n`,
    );
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

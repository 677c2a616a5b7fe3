import { checkHistory } from '../../judging/check-history.ts';
import { systemClock } from '../../lib/clock.ts';
import { freshSeed } from '../../lib/random.ts';
import { cleanHistory } from '../generators/clean-history.ts';

/** Judges thousands of clean histories. None may be violated: `npm run soak -- 10000 [seed]`. */
const runs = Number(process.argv[2] ?? 10_000);
const seed = process.argv[3] ?? freshSeed();
const clock = systemClock();
let alarms = 0;
for (let run = 0; run < runs; run += 1) {
  const name = `${seed}/${run}`;
  const { findings, verdict } = await checkHistory(cleanHistory(name, 60 + (run % 200)));
  if (verdict !== 'violated') continue;
  alarms += 1;
  const first = findings.find(({ expect, explainedBy }) => expect === 'forbid' && explainedBy === null);
  if (alarms <= 10) process.stdout.write(`${name}: ${first?.anomaly}: ${first?.sentence}\n`);
}
process.stdout.write(
  `soak: ${runs} clean histories, seed ${seed}, ${alarms} false alarms, ${Math.round(clock.now() / 1e6)} s\n`,
);
process.exitCode = alarms === 0 ? 0 : 1;

import { relative } from 'node:path';
import { changesSince } from '../compare/changes.ts';
import { failIfOf } from '../compare/fail-if.ts';
import { assertComparable, assertSameEngine, baselineNotes, heldAgainst } from '../compare/held.ts';
import { type ComparePlan, planCompare } from '../compare/plan-compare.ts';
import { type Compared, compareAsFar, settingOf } from '../compare/run-compare.ts';
import { systemClock } from '../lib/clock.ts';
import { noteAlive } from '../session/alive.ts';
import { startChoice } from '../session/start-target.ts';
import { baselineOf, exitCodeOfHeld } from './compare-baseline.ts';
import { type CompareFlags, compareOutputs, compareRequest } from './compare-flags.ts';
import { writeComparison } from './compare-output.ts';
import { consents } from './consent.ts';
import { type Console, consoleFor } from './console.ts';
import { interruption } from './interrupt.ts';
import { keepFlag } from './record-flags.ts';
import { ticking, whileWaiting } from './ticking.ts';
import { makeLatest, tidyReports } from './write-report.ts';

/**
 * `compare`: validates everything first, so that a typo stops it before anything is created. Returns the exit code.
 */
export const compareCommand = async (
  files: readonly string[],
  command: readonly string[],
  flags: CompareFlags,
): Promise<number> => {
  const outputs = compareOutputs(flags);
  const failIfs = (flags.failIf ?? []).map(failIfOf);
  const baseline = await baselineOf(flags.baseline, failIfs);
  const keepReports = keepFlag(flags.keepReports) ?? 20;
  const path = flags.baseline ?? '';
  const plan = await planCompare(compareRequest(files, command, flags), consents, (made) => {
    const arms = made.arms.map(({ name }) => name);
    if (baseline !== undefined) assertComparable(settingOf(made), arms, baseline, path);
  });
  const words = consoleFor(outputs.some(({ format, file }) => format !== 'terminal' && file === undefined));
  const { comparison, failure } = await compared(plan, words, (engine) => {
    if (baseline !== undefined) assertSameEngine(engine, baseline, path);
  });
  const where = `histories and reports: ${relative(process.cwd(), plan.folder) || plan.folder}\n`;
  if (failure !== undefined && comparison.rows.length === 0) {
    words.human(`nothing was measured; ${where}`);
    throw failure;
  }
  await writeComparison(comparison, outputs, plan.folder, words);
  await makeLatest(plan.folder, words);
  await tidyReports(plan.folder, keepReports, words);
  if (failure !== undefined) {
    for (const { text } of failIfs)
      words.human(`? --fail-if ${text}: not held against a comparison that was not finished\n`);
    words.human(where);
    throw failure;
  }
  const held = heldAgainst(failIfs, comparison, baseline);
  const changes =
    baseline === undefined
      ? []
      : [...baselineNotes(comparison.setting, baseline), ...changesSince(baseline, comparison)];
  for (const line of [...changes, ...held.map(({ sentence }) => sentence)]) words.human(`${line}\n`);
  words.human(where);
  return exitCodeOfHeld(held);
};

/** Compares on a fresh engine, which is stopped on every path. */
const compared = async (
  plan: ComparePlan,
  words: Console,
  assertEngine: (engine: string) => void,
): Promise<Compared> => {
  const { signal, dispose } = interruption('`kinesis-order clean` removes what it left on the target');
  const clock = systemClock();
  await noteAlive(plan.run, clock.wallMs());
  const starting = startChoice(plan.choice, signal);
  let now = '';
  try {
    const target = await whileWaiting(words, `starting ${plan.choice.name}`, clock.now, starting);
    const stop = ticking(words, () => `${now}, ${Math.round(clock.now() / 1e6)} s`);
    try {
      assertEngine(target.engine);
      return await compareAsFar({ plan, target, signal, onBegin: (what) => (now = what) });
    } finally {
      stop();
      await target.stop();
    }
  } finally {
    dispose();
  }
};

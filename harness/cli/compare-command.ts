import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type FailIf, failIfOf } from '../compare/fail-if.ts';
import { assertComparable, assertSameEngine, type Held, heldAgainst } from '../compare/held.ts';
import { planCompare } from '../compare/plan-compare.ts';
import { formats } from '../compare/render/registry.ts';
import { type Comparison, parseComparison } from '../compare/result.ts';
import { runCompare, settingOf } from '../compare/run-compare.ts';
import { systemClock } from '../lib/clock.ts';
import { exitCodeOf, HarnessError, messageOf } from '../lib/error.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { noteAlive } from '../session/alive.ts';
import { startChoice } from '../session/start-target.ts';
import { type CompareFlags, compareOutputs, compareSaid } from './compare-flags.ts';
import { consents } from './consent.ts';
import { type Console, consoleFor } from './console.ts';
import { interruption } from './interrupt.ts';
import { keepFlag } from './record-flags.ts';
import { ticking, whileWaiting } from './ticking.ts';
import { linkLatest, tidyReports } from './write-report.ts';

/** `compare`: everything is looked at first, so that a wrong word stops it before anything is made. */
export const compareCommand = async (
  files: readonly string[],
  command: readonly string[],
  flags: CompareFlags,
): Promise<number> => {
  const outputs = compareOutputs(flags);
  const failIfs = (flags.failIf ?? []).map(failIfOf);
  const baseline = await baselineOf(flags.baseline, failIfs);
  const keepReports = keepFlag(flags.keepReports) ?? 20;
  const plan = await planCompare(compareSaid(files, command, flags), consents);
  const arms = plan.arms.map(({ name }) => name);
  if (baseline !== undefined) assertComparable(settingOf(plan), arms, baseline, flags.baseline ?? '');
  const words = consoleFor(outputs.some(({ format, file: to }) => format !== 'terminal' && to === undefined));
  const { signal, dispose } = interruption('`kinesis-order clean` removes what it left on the target');
  const clock = systemClock();
  await noteAlive(plan.run, clock.wallMs());
  let stop: () => void = () => undefined;
  let now = '';
  const target = await whileWaiting(words, `starting ${plan.choice.name}`, clock.now, startChoice(plan.choice, signal));
  try {
    if (baseline !== undefined) assertSameEngine(target.engine, baseline, flags.baseline ?? '');
    stop = ticking(words, () => `${now}, ${Math.round(clock.now() / 1e6)} s`);
    const comparison = await runCompare({ plan, target, signal, onBegin: (what) => (now = what) });
    stop();
    for (const { fileName, render } of Object.values(formats))
      await writeWhole(join(plan.folder, fileName), render(comparison));
    for (const { format, file: to } of outputs) {
      const text = formats[format].render(comparison);
      if (to !== undefined) await writeWhole(to, text);
      else if (format === 'terminal') words.human(text);
      else words.out(text);
    }
    await linkLatest(plan.folder);
    await tidyReports(plan.folder, keepReports, words);
    words.human(`histories and reports: ${relative(process.cwd(), plan.folder) || plan.folder}\n`);
    return toldHeld(heldAgainst(failIfs, comparison, baseline), words);
  } finally {
    stop();
    await target.stop();
    dispose();
  }
};

/** A change needs what it is a change from: asked before anything is made. */
const baselineOf = async (path: string | undefined, failIfs: readonly FailIf[]): Promise<Comparison | undefined> => {
  const change = failIfs.find(({ bound }) => 'change' in bound);
  if (path === undefined && change !== undefined)
    throw new HarnessError('usage', `--fail-if ${change.text}: a change needs --baseline`, {
      hint: 'kinesis-order compare --reporter json=old.json writes one',
    });
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new HarnessError('usage', `--baseline: cannot read ${path}: ${messageOf(cause)}`, { cause });
  });
  return parseComparison(text, path);
};

/** 1 where a bound is broken, else 4 where one cannot be decided. */
const toldHeld = (all: readonly Held[], { human }: Console): number => {
  for (const { sentence } of all) human(`${sentence}\n`);
  if (all.some(({ holds }) => holds === 'yes')) return 1;
  return all.some(({ holds }) => holds === 'unknown') ? exitCodeOf.unknown : 0;
};

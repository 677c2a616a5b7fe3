import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arms, builtInArms } from '../compare/arms.ts';
import { type CompareRequest, planCompare } from '../compare/plan-compare.ts';
import { rankingWords } from '../compare/render/ranking-words.ts';
import { stepTables } from '../compare/render/step-table.ts';
import { columns } from '../compare/render/table.ts';
import { headingWords } from '../compare/render/words.ts';
import type { Comparison } from '../compare/result.ts';
import { runCompare } from '../compare/run-compare.ts';
import { pickClaims } from '../conformance/pick.ts';
import { claims } from '../conformance/registry.ts';
import { writeWhole } from '../lib/write-whole.ts';
import { unattended } from '../session/aws-plan.ts';
import { runOnce } from '../session/run-once.ts';
import { startChoice } from '../session/start-target.ts';
import { askEngine } from './ask-engine.ts';
import { type LabFacts, labClaims, labFile, labScenarios, labSetting } from './lab-facts.ts';

/**
 * `npm run lab`: runs all commands of docs/lab.md on the embedded engine and writes the results. It takes some
 * minutes.
 */
const { target: engine, seed, sweepArms } = labSetting;
const out = await mkdtemp(join(tmpdir(), 'kinesis-order-lab-'));
const { signal } = new AbortController();
const say = (what: string): void => void process.stderr.write(`lab: ${what}\n`);

const compared = async (said: CompareRequest): Promise<Comparison> => {
  const plan = await planCompare({ target: engine, seed, out, ...said }, unattended);
  const target = await startChoice(plan.choice, signal);
  try {
    return await runCompare({ plan, target, signal, onBegin: say });
  } finally {
    await target.stop();
  }
};

const ran = async (name: string): Promise<readonly [string, string]> => {
  say(name);
  const { headline } = await runOnce(`scenarios/${name}.scenario.ts`, { target: 'kinesis-local', seed, out });
  return [name, headline];
};

const asked = async (): Promise<LabFacts['claims']> => {
  const picked = pickClaims(claims, labClaims);
  const { answers } = await askEngine(picked, { target: engine, region: 'us-east-1', parallel: 1 });
  return Object.fromEntries(answers.map(({ claim, kind, saw }) => [claim, saw === '' ? kind : `${kind}: ${saw}`]));
};

const tableOf = (comparison: Comparison, index: number): LabFacts['rates'] => {
  const { columns: of = [], steps = [] } = stepTables(comparison)[index] ?? {};
  return { head: of.map(({ head }) => head), rows: steps.map((step) => of.map(({ cell }) => cell(step))) };
};

try {
  const modes = await compared(labSetting.modes);
  const packing = await compared({ ...labSetting.packing, sweep: 'packing', arms: builtInArms.slice(0, 1) });
  const swept = sweepArms.map((name) => ({ name, ...arms[name] }));
  const rates = await compared({ ...labSetting.rates, sweep: 'rates', arms: swept });
  const scenarios: (readonly [string, string])[] = [];
  for (const name of labScenarios) scenarios.push(await ran(name));
  const [, setting = ''] = headingWords(modes);
  const facts: LabFacts = {
    engine: headingWords(modes)[0] ?? '',
    setting,
    seed,
    modes: {
      head: columns.map(({ head }) => head),
      rows: modes.rows.map((row) => columns.map(({ cell }) => cell(row, modes))),
    },
    ranking: rankingWords(modes),
    rates: tableOf(rates, 0),
    packing: tableOf(packing, 0),
    scenarios: Object.fromEntries(scenarios),
    claims: await asked(),
  };
  await writeWhole(labFile, `${JSON.stringify(facts, null, 2)}\n`);
  say(`${labFile} is written; npm run docs renders it`);
} finally {
  await rm(out, { recursive: true, force: true });
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cleanRuns } from './clean-runs.ts';
import { consumerRows } from './consumer-rows.ts';
import { blocks, docsFolder, runBlock } from './docs.ts';
import { installClients } from './install.ts';
import { kclRows } from './kcl-rows.ts';
import { keepClean, keepRow, keepVersions, keptClean, keptResults, nameOf } from './kept.ts';
import { labProgram, labRow } from './lab.ts';
import { lambdaRows } from './lambda-rows.ts';
import { legalPutRows } from './legal-puts.ts';
import { legalReadRows } from './legal-reads.ts';
import { neededFor } from './needed.ts';
import { keepingCleanRuns, renderReport, withCleanRuns } from './render.ts';
import { withReported } from './reported.ts';
import { cleanEngines, cleanRows, producerRows } from './rows.ts';
import { runLambdaRow } from './run-lambda-row.ts';
import { type Ran, runRow } from './run-row.ts';

/**
 * `npm run test:clients`: real clients under `record`, the commands of the pages about them, and reports/clients.md.
 * - `--quick`: what .ci/run repeats, one row of each client and kind.
 * - `--only A,B`: rows whose names contain one of these (`docs`: the commands).
 * - `--clean N`: at most N clean runs of each client and engine (1), and no more than the aim of each. Whatever ends
 *   them, each pair has made the same share of its runs. `--engines A,B`: on these engines. `--up-to`: earlier runs
 *   count. `--minutes N`: no run begins later. `--lanes N`: N runs at once (1).
 * - `--report`: writes reports/clients.md from the last runs of all rows on this machine, as a full run does; a row
 *   that never ran here stays as the report has it. `--report-clean`: only the part about clean runs.
 *
 * Ends with a line of counts. The exit code is 1 if a row is not as expected.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    clean: { type: 'string', default: '1' },
    'up-to': { type: 'boolean', default: false },
    minutes: { type: 'string', default: '600' },
    lanes: { type: 'string', default: '1' },
    report: { type: 'boolean', default: false },
    'report-clean': { type: 'boolean', default: false },
    engines: { type: 'string', default: Object.keys(cleanEngines).join(',') },
  },
});
const begunAt = performance.now();
const countOf = (name: 'clean' | 'minutes' | 'lanes'): number => {
  const count = Number(values[name]);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new Error(`--${name} ${values[name]}: a whole number, from 0`);
};
const [cleanCount, minutes, lanes] = [countOf('clean'), countOf('minutes'), countOf('lanes')];
const asked = values.only?.split(',');
const isWanted = ({ name, isQuick }: { readonly name: string; readonly isQuick: boolean }): boolean =>
  asked === undefined ? !values.quick || isQuick : asked.some((text) => name.includes(text));

const report = join('reports', 'clients.md');
const folder = resolve('.cache', 'clients');
await mkdir(folder, { recursive: true });
const lab = labRow(await labProgram(folder));
const allRows = [...producerRows, ...legalPutRows, ...consumerRows, ...legalReadRows, ...kclRows, lab];
const wanted = allRows.filter(isWanted);
const lambda = lambdaRows.filter(isWanted);
const cleanWanted = cleanRows(values.engines.split(',')).filter(isWanted);
const withDocs = asked === undefined || asked.includes('docs');
const needed = neededFor([...wanted, ...cleanWanted]);
const { clients, failures } = await installClients(
  withDocs || lambda.length > 0 ? new Set([...needed, 'python']) : needed,
);
for (const failure of failures) process.stdout.write(`NOT AS EXPECTED  ${failure}\n`);
await keepVersions(clients.versions);
const rows: Ran[] = [];
const clean: Ran[] = [];

const tell = (ran: Ran): void => {
  const { row, engine, problems, seconds } = ran;
  const mark = problems.length === 0 ? 'ok' : 'NOT AS EXPECTED';
  process.stdout.write(`${mark}  ${row.name} on ${engine}  ${seconds.toFixed(1)} s\n`);
  for (const problem of problems) process.stdout.write(`    ${problem}\n`);
};

for (const row of wanted) {
  let ran = await runRow(row, 'kinesis-local', clients);
  for (let run = 1; ran.problems.length > 0 && run < (row.runs ?? 1); run += 1)
    ran = await runRow(row, 'kinesis-local', clients);
  rows.push(ran);
  tell(ran);
  await keepRow(ran);
}
for (const row of lambda) {
  for (const engine of (row.engines ?? []).slice(0, values.quick ? 1 : undefined)) {
    const ran = await runLambdaRow(row, engine, clients);
    rows.push(ran);
    tell(ran);
    await keepRow(ran);
  }
}
const madeBefore = await keptClean();
await cleanRuns({
  rows: cleanWanted,
  clients,
  runs: cleanCount,
  lanes,
  before: (row, engine) => (values['up-to'] ? (madeBefore[nameOf({ row, engine })]?.runs ?? 0) : 0),
  until: begunAt + minutes * 60_000,
  done: async (ran) => {
    clean.push(ran);
    tell(ran);
    await keepClean(ran);
  },
});
if (values.report || (!values.quick && asked === undefined)) {
  const named = [
    ...allRows.map((row) => ({ ...row, engine: 'kinesis-local' })),
    ...lambdaRows.flatMap((row) => (row.engines ?? []).map((engine) => ({ ...row, engine }))),
  ].map(({ name, client, engine, fault }) => ({ name: `${name} ${engine}`, client, engine, fault }));
  const before = await readFile(report, 'utf8').catch(() => '');
  const [kept, keptRuns] = [withReported(await keptResults(), before, named), await keptClean()];
  const text = renderReport(
    kept,
    named.map(({ name }) => name),
    keptRuns,
  );
  await writeFile(report, Object.keys(keptRuns).length === 0 ? keepingCleanRuns(text, before) : text);
}
if (values['report-clean']) await writeFile(report, withCleanRuns(await readFile(report, 'utf8'), await keptClean()));
let [passedBlocks, failedBlocks] = [0, 0];
if (withDocs && clients.python !== undefined) {
  const docs = await docsFolder(clients.python);
  for (const block of (await blocks()).filter(({ isFirst }) => !values.quick || isFirst)) {
    const { code, output } = await runBlock(block, docs);
    const [first = ''] = block.text.split('\n');
    const isGood = code === block.exit;
    process.stdout.write(`${isGood ? 'ok' : 'NOT AS EXPECTED'}  ${block.page}: ${first}\n`);
    if (isGood) passedBlocks += 1;
    else failedBlocks += 1;
    if (!isGood) process.stdout.write(`    exit code ${code}, expected ${block.exit}\n${output.slice(-3000)}\n`);
  }
}
const all = [...rows, ...clean];
const failed = all.filter(({ problems }) => problems.length > 0).length + failedBlocks + failures.length;
const passed = all.filter(({ problems }) => problems.length === 0).length + passedBlocks;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

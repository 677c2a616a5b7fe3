import Table from 'cli-table3';
import { z } from 'zod';
import { checks } from '../checks/catalogue/registry.ts';
import { consumers } from '../consumers/registry.ts';
import type { Fault } from '../faults/fault.ts';
import { faults, legalFaults, lies } from '../faults/registry.ts';
import { formats } from '../importers/registry.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { print } from '../lib/print.ts';
import { producers } from '../producers/registry.ts';
import { reporters } from '../report/registry.ts';
import { loadScenarios } from '../scenario/load.ts';
import { vocabulary } from '../session/catalog.ts';
import { targets } from '../targets/registry.ts';
import { partitionKeys, payloads } from '../workload/registry.ts';

type Rows = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

const summaries = (registry: Readonly<Record<string, { readonly summary: string }>>): Promise<Rows> =>
  Promise.resolve({
    head: ['name', 'what it does'],
    rows: Object.entries(registry).map(([name, { summary }]) => [name, summary]),
  });

/** Lists everything in the registries: the tables of the docs are this command's output. */
export const lists = {
  scenarios: async (): Promise<Rows> => {
    const loaded = await loadScenarios({ patterns: [], cwd: process.cwd(), vocabulary, seed: '1' });
    return {
      head: ['scenario', 'what it shows', 'source'],
      rows: loaded.map(({ scenario }) => [scenario.name, scenario.why, scenario.source ?? '']),
    };
  },
  checks: (): Promise<Rows> =>
    Promise.resolve({
      head: ['anomaly', 'by default', 'what is wrong', 'promised by', 'for example'],
      rows: Object.entries(checks).map(([id, { expect, summary, source, example }]) => [
        id,
        expect,
        summary,
        source,
        example,
      ]),
    }),
  faults: (): Promise<Rows> =>
    Promise.resolve({
      head: ['name', 'kind', 'what it does: its options'],
      rows: Object.values(faults).map((fault: Fault) => [
        fault.type,
        kindOf(fault),
        `${fault.summary}: ${optionWords(fault).replaceAll('`', '') || 'no options'}`,
      ]),
    }),
  producers: () => summaries(producers),
  consumers: () => summaries(consumers),
  payloads: () => summaries(payloads),
  'partition-keys': () => summaries(partitionKeys),
  targets: () => summaries(targets),
  reporters: () => summaries(reporters),
  formats: () => summaries(formats),
} as const satisfies Record<string, () => Promise<Rows>>;

/**
 * The kind of a fault. `legal`: AWS may do it. `lie`: AWS rules it out, and it is planted to test the judge. `act`: it
 * is done to processes.
 */
const kindOf = ({ legal, planted }: Fault): string =>
  legal !== undefined ? 'legal' : planted === undefined ? 'act' : 'lie';

/** Tables of docs/faults.md. */
export const faultTables: Readonly<Record<string, () => Rows>> = {
  'legal-faults': () => ({
    head: ['fault', 'what it does', 'grade', "AWS's sentence", 'options'],
    rows: legalFaults.map((fault) => [
      `\`${fault.type}\``,
      fault.summary,
      fault.legal?.grade ?? '',
      `"${fault.legal?.sentence ?? ''}" (${fault.legal?.source ?? ''})`,
      optionWords(fault),
    ]),
  }),
  lies: () => ({
    head: ['lie', 'what it does', 'must be found as', 'options'],
    rows: lies.map((fault) => [
      `\`${fault.type}\``,
      fault.summary,
      (fault.planted ?? []).map((claim) => `\`${claim}\``).join(', '),
      optionWords(fault),
    ]),
  }),
};

type OptionSchema = {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly required?: readonly string[];
};

/** The options of a fault: `call`, `laterCalls = 1`, `producer?`. */
const optionWords = ({ options }: Fault): string => {
  const { properties = {}, required = [] } = z.toJSONSchema(options, { io: 'input' }) as OptionSchema;
  return Object.entries(properties)
    .map(([name, { default: value }]) =>
      required.includes(name)
        ? `\`${name}\``
        : value === undefined
          ? `\`${name}?\``
          : `\`${name} = ${JSON.stringify(value)}\``,
    )
    .join(', ');
};

export const listCommand = async (
  what: string | undefined,
  { markdown }: { readonly markdown?: boolean },
): Promise<number> => {
  if (what !== undefined && !isKeyOf(lists, what)) {
    throw new HarnessError('usage', `list: there is no list of ${JSON.stringify(what)}`, {
      hint: `possible: ${Object.keys(lists).join(', ')}`,
    });
  }
  const wanted = what === undefined ? (Object.keys(lists) as (keyof typeof lists)[]) : [what];
  for (const name of wanted) {
    const rows = name === 'scenarios' && what === undefined ? await scenariosIfAny() : await lists[name]();
    print.out(
      `${wanted.length > 1 ? `\n## ${name}\n\n` : ''}${markdown === true ? markdownTable(rows) : plainTable(rows)}\n`,
    );
  }
  return 0;
};

/** The list of scenarios, or a hint if there are none, so that listing everything does not fail. */
const scenariosIfAny = (): Promise<Rows> =>
  lists.scenarios().catch((thrown: unknown) => {
    if (!(thrown instanceof HarnessError && thrown.message.startsWith('no scenario matches'))) throw thrown;
    return { head: ['scenario', 'what it shows'], rows: [['none here', `npx kinesis-order init writes two`]] };
  });

export const markdownTable = ({ head, rows }: Rows): string => {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
};

const plainTable = ({ head, rows }: Rows): string => {
  const shown = Math.min(3, head.length);
  const table = new Table({
    head: head.slice(0, shown),
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: widths(shown),
  });
  for (const row of rows) table.push(row.slice(0, shown));
  return table.toString();
};

const widths = (columns: number): number[] => {
  const total = Math.min(140, process.stdout.columns ?? 120) - columns - 1;
  return columns === 2 ? [24, total - 24] : [28, columns === 3 ? 12 : 30, total - 40].slice(0, columns);
};

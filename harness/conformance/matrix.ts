import { visible } from '../lib/visible.ts';
import { type AnswerKind, areas } from './answer.ts';
import type { Claim } from './claim.ts';
import { nameOf } from './compare.ts';
import type { ConformanceResult } from './result.ts';

/**
 * The matrix of engines: one table for each area, one row for each claim, one column for each engine. Each cell links
 * to the claim's section below the tables: AWS's words, what the engine did, and the command that shows it again.
 */
export const renderMatrix = (
  results: readonly ConformanceResult[],
  claims: Readonly<Record<string, Claim>>,
): string => {
  const known = Object.entries(claims);
  const tables = areas.map((area) =>
    table(
      area,
      known.filter(([, claim]) => claim.area === area).map(([id]) => id),
      results,
    ),
  );
  return `${[...head(results), ...tables, '## The claims', ...known.map((entry) => section(entry, results))].join('\n\n')}\n`;
};

const signs: Readonly<Record<AnswerKind, string>> = {
  conforms: '✓',
  deviates: '**✗**',
  'not there': '–',
  error: '!',
  'no answer': '⏳',
};

const head = (results: readonly ConformanceResult[]): readonly string[] => [
  '# What each engine enforces and promises',
  'Rendered by `npm run conformance:matrix` from the results beside it; how to read and to repeat it stands in [docs/conformance.md](../docs/conformance.md).',
  '✓ conforms · **✗** deviates · – not there (the engine does not know the call) · ! error (a 5xx, or the claim could not be asked) · ⏳ no answer. Each sign leads to what the engine did, and to the line that shows it again.',
  [
    '| engine | asked | seconds | ✓ | ✗ | – | ! | ⏳ | versions |',
    '|---|---|---:|---:|---:|---:|---:|---:|---|',
    ...results.map(summary),
  ].join('\n'),
];

const summary = (result: ConformanceResult): string => {
  const count = (kind: AnswerKind): number => result.answers.filter((answer) => answer.kind === kind).length;
  const counts = (Object.keys(signs) as AnswerKind[]).map(count).join(' | ');
  const versions = Object.entries(result.versions)
    .map(([name, version]) => escape(`${name} ${version}`))
    .join(', ');
  return `| ${nameIn(result)} | ${escape(result.at.slice(0, 10))} | ${Math.round(result.seconds)} | ${counts} | ${versions} |`;
};

const table = (area: string, ids: readonly string[], results: readonly ConformanceResult[]): string => {
  const cell = (id: string, result: ConformanceResult): string => {
    const answer = result.answers.find((one) => one.claim === id);
    return answer === undefined ? ' ' : `[${signs[answer.kind]}](#${anchorOf(id, result)})`;
  };
  return [
    `## ${area}\n`,
    `| claim | ${results.map(nameIn).join(' | ')} |`,
    `|---|${results.map(() => ':---:|').join('')}`,
    ...ids.map((id) => `| [${id}](#${id}) | ${results.map((result) => cell(id, result)).join(' | ')} |`),
  ].join('\n');
};

const section = ([id, claim]: readonly [string, Claim], results: readonly ConformanceResult[]): string => {
  const answers = results.flatMap((result) => {
    const answer = result.answers.find((one) => one.claim === id);
    if (answer === undefined) return [];
    return [
      `- <a id="${anchorOf(id, result)}"></a>${nameIn(result)}: ${answer.kind}. ${escape(answer.saw)}  \n  again: \`${codeOf(result.command)} --only ${id}\``,
    ];
  });
  return [`### ${id}\n`, `> ${claim.wording}\n>\n> ${claim.source}\n`, ...answers].join('\n');
};

const anchorOf = (id: string, result: ConformanceResult): string =>
  `${id}--${nameOf(result).replaceAll(/[^a-z0-9.-]+/gi, '-')}`;

/** Escapes a text for Markdown, because an engine's messages are never markup. */
const escape = (text: string): string => visible(text).replace(/[\\<>|`*_[\]]/g, (sign) => `\\${sign}`);
const nameIn = (result: ConformanceResult): string => escape(nameOf(result));
/** A text for a code span. Removes characters that would end it, because nothing can be escaped there. */
const codeOf = (text: string): string => visible(text).replaceAll(/[`<>]/g, '');

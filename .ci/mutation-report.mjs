// Makes `reports/mutation.md` from the journals of mutation runs: `node .ci/mutation-report.mjs [.cache/mutants.ndjson
// …]`. The last entry of each mutant counts, and only if its file has not changed since. Results of earlier runs are
// in `reports/mutation.json`, so that a run need not try everything again: journals are not part of the project.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { reasons } from './mutation-reasons.mjs';

const journals = process.argv.length > 2 ? process.argv.slice(2) : ['.cache/mutants.ndjson'];
const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);

/**
 * Kinds of survivors that no history can tell from the code. `from`: the original text; `to`: its replacement; `line`:
 * the line that contains it.
 */
const kinds = [
  {
    why: 'a `?.` that the compiler asks for (`noUncheckedIndexedAccess`): the value is always there, a history without a head is refused before, an index is one that was given out',
    is: ({ from, to }) => from.includes('?.') && to === from.replace('?.', '.'),
  },
  {
    why: 'a default behind `??` that the compiler asks for: the index is in range, and the default is never taken',
    is: ({ from, to, line }) =>
      line.includes('??') && (to === from.replace('??', '&&') || /^(-1|0|''|\[\]|1)$/.test(from)),
  },
  {
    why: 'one step past the end of a column or a list: nothing is there, and nothing is found',
    is: ({ from, to }) => /\.(length|size|count)\b|length - 1|last\b/.test(from) && to === from.replace('<', '<='),
  },
  {
    why: 'a shortcut: what is left at once would be left a little later, with the same said',
    is: ({ to, line }) =>
      ['false', 'true'].includes(to) && /\b(continue|return)\b/.test(line) && line.startsWith('if ('),
  },
  {
    why: 'what was found once is kept: asked again, the same is found again',
    is: ({ line, to }) => /return (before|known)\b|=== undefined\) return before/.test(line) && to === 'false',
  },
];

const last = new Map();
for (const path of journals.filter(existsSync))
  for (const text of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
    const { name, status } = JSON.parse(text);
    last.set(name, status);
  }

const sources = new Map();
const sourceOf = (file) => {
  const text = sources.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : '');
  sources.set(file, text);
  return text;
};

const isGone = ([name, text]) => !sourceOf(`harness/checks/${name}`).includes(text);
const gone = reasons.filter(isGone).map(([name, text]) => `harness/checks/${name}: ${text}`);
if (gone.length > 0) {
  console.error(`.ci/mutation-reasons.mjs: remove what is of code that no longer stands:\n${gone.join('\n')}`);
  process.exit(1);
}

/** By file, in its current version: its mutants (place and replacement), and whether each survived. */
const tried = new Map();
for (const [name, status] of last) {
  const [, file, hash, mutant] = /^(\S+)@(\S+) ([^]*)$/.exec(name) ?? [];
  if (file === undefined || hashOf(sourceOf(file)) !== hash) continue;
  const mutants = tried.get(file) ?? new Map();
  tried.set(file, mutants.set(mutant, status === 'survived'));
}

const kept = 'reports/mutation.json';
const before = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
/**
 * A run that tried as many mutants of a file replaces its result. A smaller run only says which survivors are now
 * found.
 */
const resultOf = (file) => {
  const hash = hashOf(sourceOf(file));
  const mutants = tried.get(file) ?? new Map();
  const known = before[file]?.hash === hash ? before[file] : { found: 0, survivors: [] };
  const all = known.found + known.survivors.length;
  const survivors =
    mutants.size >= all
      ? [...mutants].flatMap(([mutant, isAlive]) => (isAlive ? [mutant] : []))
      : known.survivors.filter((mutant) => mutants.get(mutant) !== false);
  return { hash, found: Math.max(all, mutants.size) - survivors.length, survivors: survivors.toSorted() };
};

const results = Object.fromEntries(
  [...new Set([...Object.keys(before), ...tried.keys()])]
    .toSorted()
    .filter((file) => existsSync(file))
    .map((file) => [file, resultOf(file)])
    .filter(([, { found, survivors }]) => found + survivors.length > 0),
);
writeFileSync(kept, `${JSON.stringify(results, undefined, 1)}\n`);

const survivorOf = (file, mutant) => {
  const [, startLine, startColumn, endLine, endColumn, to] = /^(\d+):(\d+)-(\d+):(\d+) ([^]*)$/.exec(mutant);
  const line = sourceOf(file).split('\n')[Number(startLine)] ?? '';
  const from =
    startLine === endLine ? line.slice(Number(startColumn), Number(endColumn)) : line.slice(Number(startColumn));
  return { at: Number(startLine) + 1, line: line.trim(), from, to };
};
const files = new Map(
  Object.entries(results).map(([file, { found, survivors }]) => [
    file,
    { found, survivors: survivors.map((mutant) => survivorOf(file, mutant)) },
  ]),
);

const folders = new Map();
for (const [file, { found, survivors }] of files) {
  const folder = file.split('/').slice(0, -1).join('/');
  const sum = folders.get(folder) ?? { found: 0, survived: 0 };
  folders.set(folder, { found: sum.found + found, survived: sum.survived + survivors.length });
}

const percent = (found, survived) => `${((100 * found) / (found + survived)).toFixed(1)} %`;
const cell = (text) => `\`${text.replaceAll('\n', ' ').replaceAll('`', "'").replaceAll('|', '\\|').slice(0, 110)}\``;
const reasonOf = ({ file, from }) =>
  reasons.find(([name, text]) => file === `harness/checks/${name}` && text === from)?.[2];
const whyOf = (survivor) => kinds.find(({ is }) => is(survivor))?.why ?? reasonOf(survivor);
const isOfKind = (survivor) => kinds.some(({ is }) => is(survivor));

const all = [...folders.values()].reduce((sum, { found, survived }) => ({
  found: sum.found + found,
  survived: sum.survived + survived,
}));
const every = [...files].flatMap(([file, { survivors }]) => survivors.map((survivor) => ({ file, ...survivor })));
const open = every.filter((survivor) => whyOf(survivor) === undefined);
const single = every.filter((survivor) => !isOfKind(survivor));
const text = [
  '# Mutants of the judge',
  '',
  `${all.found + all.survived} mutants by Stryker, ${percent(all.found, all.survived)} of them found by the tests (or ended in a time limit). Made by \`npm run mutation\`, which keeps a journal, and \`node .ci/mutation-report.mjs\`.`,
  'With `MUTATION_SAMPLE=3` every third mutant is tried, the same ones each time; with `MUTATION_QUICK=1` fewer of the generated histories are asked, so that the true share is no lower.',
  '',
  '| folder | mutants | found | survived | |',
  '|---|---|---|---|---|',
  ...[...folders]
    .toSorted()
    .map(
      ([folder, { found, survived }]) =>
        `| ${folder} | ${found + survived} | ${found} | ${survived} | ${percent(found, survived)} |`,
    ),
  '',
  '## Why the others survive',
  '',
  ...kinds.map(
    ({ why, is }) =>
      `- ${every.filter((survivor) => kinds.find((kind) => kind.is(survivor))?.is === is).length}: ${why}.`,
  ),
  `- ${single.length - open.length}: each for a reason of its own, below.`,
  `- ${open.length}: told apart by no test yet.`,
  '',
  '## One by one',
  '',
  '| where | was | became | why it survives |',
  '|---|---|---|---|',
  ...single
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.at - b.at)
    .map((one) => `| ${one.file}:${one.at} | ${cell(one.from)} | ${cell(one.to)} | ${whyOf(one) ?? 'no test yet'} |`),
  '',
].join('\n');
writeFileSync('reports/mutation.md', text);
console.log(
  `reports/mutation.md: ${percent(all.found, all.survived)} of ${all.found + all.survived}, ${open.length} not explained`,
);

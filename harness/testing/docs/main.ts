import { parse } from 'yaml';
import { readerFolder } from './folder.ts';
import { type Snippet, snippets } from './pages.ts';
import { isModule, typeErrors } from './typed.ts';

/**
 * `npm run test:docs`: every module of README.md and docs/ is compiled, every JSON and YAML is parsed, every block of
 * commands is run. `<!-- not run: WHY -->` before a block leaves it out, and is counted aloud. Ends with a line of
 * counts. Commands of the pages about clients of others are run by `test:clients`, those of production-bug.md by
 * `npm test`.
 */
const elsewhere = /docs\/(is-my-\w+-in-order|record|production-bug)\.md$/;
const counts = { passed: 0, failed: 0, notRun: 0 };

const tell = ({ page, line, text }: Snippet, wrong: string | undefined): void => {
  const [first = ''] = text.split('\n');
  counts[wrong === undefined ? 'passed' : 'failed'] += 1;
  if (wrong !== undefined) process.stdout.write(`NOT AS EXPECTED  ${page}:${line}: ${first}\n    ${wrong}\n`);
};

const dataError = ({ language, text }: Snippet): string | undefined => {
  try {
    if (language === 'json') JSON.parse(text);
    else parse(text);
    return undefined;
  } catch (thrown) {
    return String(thrown);
  }
};

/** `-- faults`: the pages whose name has this in it. */
const [only = ''] = process.argv.slice(2);
const all = (await snippets()).filter(({ page }) => page.includes(only));
const modules = all.filter(isModule);
const wrong = await typeErrors(modules);
for (const snippet of modules) tell(snippet, wrong.get(snippet));
for (const snippet of all.filter(({ language }) => ['json', 'yaml'].includes(language)))
  tell(snippet, dataError(snippet));

const folder = await readerFolder();
try {
  for (const snippet of all.filter(({ language, page }) => language === 'sh' && !elsewhere.test(page))) {
    if (snippet.notRun !== undefined) {
      counts.notRun += 1;
      process.stdout.write(`not run  ${snippet.page}:${snippet.line}: ${snippet.notRun}\n`);
      continue;
    }
    const { code, output } = await folder.run(snippet.text);
    const isGood = code === snippet.exit;
    tell(snippet, isGood ? undefined : `exit code ${code}, expected ${snippet.exit}\n${output.slice(-2000)}`);
  }
} finally {
  await folder.close();
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

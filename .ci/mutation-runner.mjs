// A test runner for Stryker that runs the tests of Vitest's files in one process that stays. Vitest loads every file
// anew for each mutant, seconds each, which is a day for the judge. Here the files are bundled once with all mutants
// in them, and a number selects the mutant. Only a mutant in code that runs while files load needs the bundle to be
// evaluated again.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { declareClassPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import fc from 'fast-check';
import { glob } from 'tinyglobby';
import { suite } from './mutation-suite.mjs';

const include = [
  'harness/testing/marks/*.test.ts',
  'harness/testing/pins/approved/*.test.ts',
  'harness/testing/cases/contract/{format-and-verdict,identity}.test.ts',
  'harness/testing/pins/golden.test.ts',
  'harness/testing/oracles/agree.test.ts',
  'harness/testing/cases/{smallest,cases,audits}.test.ts',
  'harness/model/**/*.test.ts',
  'harness/checks/**/*.test.ts',
];
const require = createRequire(pathToFileURL(`${process.cwd()}/package.json`));

/** The folder of the project when this is loaded. The tested copy is in a folder below it. */
const project = process.cwd();
const journal = join(project, '.cache/mutants.ndjson');

const hashes = new Map();
const hashOf = (file) => {
  const made =
    hashes.get(file) ??
    createHash('sha256')
      .update(readFileSync(join(project, file)))
      .digest('hex')
      .slice(0, 12);
  hashes.set(file, made);
  return made;
};

const nameOf = ({ fileName, location: { start, end }, replacement }) => {
  const file = relative(fileName.startsWith(process.cwd()) ? process.cwd() : project, fileName);
  return `${file}@${hashOf(file)} ${start.line}:${start.column}-${end.line}:${end.column} ${replacement}`;
};

/** MUTATION_SAMPLE=3 tries every third mutant, always the same ones. The journal says nothing about the others. */
const isInSample = (name) => {
  const every = Number(process.env.MUTATION_SAMPLE ?? 1);
  return every <= 1 || createHash('sha256').update(name).digest().readUInt32LE(0) % every === 0;
};

class JudgeTestRunner {
  #script;
  #known = new Map();
  #survivors = new Set();
  #tests = new Map();
  #after = [];
  #kills = new Map();
  #times = new Map();
  #namespace = (globalThis.__stryker__ ??= {});

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    fc.configureGlobal({ seed: 42, endOnFailure: true });
    mkdirSync(join(project, '.cache'), { recursive: true });
    const lines = existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter(Boolean) : [];
    for (const { name, status, killedBy } of lines.map((line) => JSON.parse(line))) {
      if (status === MutantRunStatus.Killed) this.#known.set(name, killedBy ?? 'unknown');
      else if (process.env.MUTATION_RESUME && status === MutantRunStatus.Survived) this.#survivors.add(name);
    }
    this.#script = new vm.Script(await bundled(), { filename: `${process.cwd()}/judge-tests.cjs` });
  }

  async dispose() {
    for (const hook of this.#after.splice(0)) await hook();
  }

  /** Loads the tests of all files, by name. Stryker calls static what their modules compute meanwhile. */
  async #load() {
    await this.dispose();
    const { api, tests, before, after } = suite();
    globalThis.__tests__ = api;
    this.#script.runInThisContext()(require, { exports: {} });
    for (const hook of before) await hook();
    this.#after = after;
    this.#tests = process.env.MUTATION_QUICK
      ? new Map(
          [...tests].filter(
            ([id]) =>
              !/histories: (wild > ([3-9]|1\d)\d\d to|.*-changed > approved.[34]|nearly-plain > ([3-9]|1\d)\d\d to)/.test(
                id,
              ),
          ),
        )
      : tests;
  }

  async dryRun() {
    await this.#load();
    const tests = [];
    for (const id of this.#tests.keys()) {
      const result = await this.#run(id);
      this.#times.set(id, result.timeSpentMs);
      tests.push(result);
    }
    this.#namespace.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#namespace.mutantCoverage };
  }

  /**
   * A mutant counts as killed if these tests have killed it before and its file has not changed since. So an
   * interrupted run continues.
   */
  async mutantRun(options) {
    const name = nameOf(options.activeMutant);
    const before = this.#known.get(name);
    if (before !== undefined)
      return { status: MutantRunStatus.Killed, killedBy: [before], failureMessage: 'before', nrOfTests: 1 };
    if (this.#survivors.has(name) || !isInSample(name)) return { status: MutantRunStatus.Survived, nrOfTests: 0 };
    const result = await this.#runMutant(options);
    const { status, killedBy } = result;
    appendFileSync(journal, `${JSON.stringify({ name, status, killedBy: [killedBy ?? []].flat()[0] })}\n`);
    return result;
  }

  async #runMutant({ activeMutant, testFilter, hitLimit, reloadEnvironment, mutantActivation }) {
    const ns = this.#namespace;
    ns.hitCount = hitLimit === undefined ? undefined : 0;
    ns.hitLimit = hitLimit;
    ns.mutantCoverage = undefined;
    ns.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    const tests = [];
    try {
      if (reloadEnvironment || this.#tests.size === 0) await this.#load();
    } catch (thrown) {
      return toMutantRunResult({ status: DryRunStatus.Complete, tests: [failed('loading', 0, thrown)] });
    }
    ns.activeMutant = activeMutant.id;
    for (const id of this.#inOrder(testFilter ?? [...this.#tests.keys()])) {
      const result = await this.#run(id);
      tests.push(result);
      if (result.status === TestStatus.Success) continue;
      this.#kills.set(id, (this.#kills.get(id) ?? 0) + 1);
      break;
    }
    ns.activeMutant = undefined;
    const limit = determineHitLimitReached(ns.hitCount, ns.hitLimit);
    return toMutantRunResult(limit ?? { status: DryRunStatus.Complete, tests });
  }

  /** Tests in the order of kills so far for their time, the best first. */
  #inOrder(ids) {
    const worth = (id) => ((this.#kills.get(id) ?? 0) + 0.1) / (1 + (this.#times.get(id) ?? 0));
    return ids.toSorted((a, b) => worth(b) - worth(a));
  }

  async #run(id) {
    const test = this.#tests.get(id);
    if (test === undefined) return failed(id, 0, new Error('there is no such test any more'));
    if (this.#namespace.activeMutant === undefined) this.#namespace.currentTestId = id;
    const start = performance.now();
    try {
      await test();
      const timeSpentMs = performance.now() - start;
      if (!this.#times.has(id)) this.#times.set(id, timeSpentMs);
      return { id, name: id, timeSpentMs, status: TestStatus.Success };
    } catch (thrown) {
      return failed(id, performance.now() - start, thrown);
    }
  }
}

const failed = (id, timeSpentMs, thrown) => ({
  id,
  name: id,
  timeSpentMs,
  status: TestStatus.Failed,
  failureMessage: String(thrown?.message ?? thrown).slice(0, 300),
});

const bundled = async () => {
  const files = (await glob(include)).toSorted();
  const contents = files.map((file) => `import './${file}';`).join('\n');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    plugins: [vitestOfOurs],
    banner: { js: '(function (require, module) {' },
    footer: { js: '})' },
  });
  return outputFiles[0].text;
};

/** A plugin that provides the functions of Vitest that the tests use, and the location of each file. */
const vitestOfOurs = {
  name: 'vitest-of-ours',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(vitest|@fast-check\/vitest)$/ }, ({ path }) => ({ path, namespace: 'ours' }));
    onLoad({ filter: /.*/, namespace: 'ours' }, () => ({ contents: 'module.exports = globalThis.__tests__;' }));
    onLoad({ filter: /harness\/.*\.ts$/ }, async ({ path }) => {
      const text = await import('node:fs/promises').then(({ readFile }) => readFile(path, 'utf8'));
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)) };
    });
  },
};

/**
 * Ignores what a check says about itself for the docs, and the sources of limits. Tests only require that these
 * sentences exist. All other texts are mutated.
 */
const prose = {
  shouldIgnore(path) {
    const name = path.isObjectProperty() ? path.node.key.name : undefined;
    if (
      ['summary', 'source', 'example'].includes(name) &&
      path.get('value').isExpression() &&
      !path.get('value').isIdentifier()
    )
      return `prose: the ${name} of a check`;
    const text = path.isStringLiteral()
      ? path.node.value
      : path.isTemplateLiteral()
        ? path.node.quasis.map(({ value }) => value.raw).join('')
        : '';
    return path.getFunctionParent() === null && text.split(' ').length > 4 ? 'prose: a sentence in a table' : undefined;
  },
};

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'judge', JudgeTestRunner),
  declareValuePlugin(PluginKind.Ignore, 'prose', prose),
];

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LineCounter, parse, parseDocument } from 'yaml';
import { z } from 'zod';
import { helpTexts } from '../../cli/cli.ts';
import { reporters } from '../../report/registry.ts';

/** The pages that users copy from are held to the code. */
const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '');

describe('docs/ci.md', () => {
  const page = read('docs/ci.md');
  const [github = '', gitlab = ''] = blocks(page, 'yaml');
  const [shell = ''] = blocks(page, 'sh');

  test('has two workflows in strict YAML, with a pinned LocalStack', () => {
    expect(blocks(page, 'yaml')).toHaveLength(2);
    for (const text of [github, gitlab]) {
      const document = parseDocument(text, { strict: true, uniqueKeys: true, lineCounter: new LineCounter() });
      expect([...document.errors, ...document.warnings]).toEqual([]);
      expect([...text.matchAll(/localstack\/localstack:(\S+)/g)].map(([, tag]) => tag)).toEqual(['4.14.0']);
    }
    expect(page).toContain('LOCALSTACK_AUTH_TOKEN');
  });

  test('GitHub: a valid workflow, whose report steps also run after a failure', () => {
    const { steps, services } = githubWorkflow.parse(parse(github)).jobs.order;
    expect(services.localstack.ports).toEqual(['4566:4566']);
    const run = steps.findIndex((one) => one.run?.includes('kinesis-order run') === true);
    expect(run).toBeGreaterThan(0);
    for (const one of steps.slice(run + 1)) expect(one.if).toBe('always()');
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
    expect(github).toContain('junit=reports/junit.xml');
    expect(github).toContain('GITHUB_STEP_SUMMARY');
    expect(steps.at(-1)?.with?.['path']).toContain('reports/');
  });

  test('GitLab: a valid job, whose JUnit report is the file that the run writes', () => {
    const { order } = gitlabJob.parse(parse(gitlab));
    expect(order.artifacts.when).toBe('always');
    expect(order.script.join('\n')).toContain(`junit=${order.artifacts.reports.junit}`);
    expect(order.services[0]?.alias).toBe('localstack');
  });

  test('every command uses existing verbs, flags and reporters', () => {
    const commands = [github, gitlab, shell].flatMap(commandsOf);
    expect(commands.length).toBeGreaterThanOrEqual(6);
    const help = new Map(helpTexts());
    for (const [verb = '', ...words] of commands) {
      expect(help.has(verb), verb).toBe(true);
      for (const flag of words.filter((word) => word.startsWith('--'))) expect(help.get(verb)).toContain(`${flag} `);
      for (const [index, word] of words.entries())
        if (word === '--reporter') expect(Object.keys(reporters)).toContain(words[index + 1]?.split('=')[0]);
    }
  });

  test('the shell script is valid, and distinguishes the exit codes that it names', () => {
    expect(spawnSync('sh', ['-n', '-c', shell]).status).toBe(0);
    expect([...shell.matchAll(/^ {2}(\d+)\)/gm)].map(([, code]) => Number(code))).toEqual([0, 1, 3]);
  });
});

/** The words after `npx kinesis-order`, to the end of the command. */
const commandsOf = (text: string): readonly (readonly string[])[] =>
  [...text.replaceAll(/\n\s+(?=--)/g, ' ').matchAll(/npx kinesis-order ([^\n|;&]+)/g)].map(([, words = '']) =>
    words.trim().split(/\s+/),
  );

const texts = z.record(z.string(), z.string());
const githubWorkflow = z.strictObject({
  name: z.string(),
  on: z.array(z.enum(['push', 'pull_request'])),
  jobs: z.strictObject({
    order: z.strictObject({
      'runs-on': z.literal('ubuntu-latest'),
      'timeout-minutes': z.int(),
      services: z.strictObject({
        localstack: z.strictObject({ image: z.string(), ports: z.array(z.string()), env: texts, options: z.string() }),
      }),
      env: texts,
      steps: z.array(
        z.strictObject({
          uses: z.string().optional(),
          with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
          run: z.string().optional(),
          if: z.string().optional(),
        }),
      ),
    }),
  }),
});
const gitlabJob = z.strictObject({
  order: z.strictObject({
    image: z.string(),
    timeout: z.string(),
    services: z.array(z.strictObject({ name: z.string(), alias: z.string(), variables: texts })),
    variables: texts,
    script: z.array(z.string()),
    after_script: z.array(z.string()),
    artifacts: z.strictObject({
      when: z.string(),
      paths: z.array(z.string()),
      reports: z.strictObject({ junit: z.string() }),
    }),
  }),
});

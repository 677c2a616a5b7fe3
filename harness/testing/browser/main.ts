import { startVitest } from 'vitest/node';
import { chromiumPath, isChromiumThere } from './chromium.ts';

/** `npm run test:browser`: the report in a real browser. Says what is missing, and ends with one line of counts. */
const run = async (): Promise<readonly [passed: number, failed: number]> => {
  if (!(await isChromiumThere())) {
    process.stdout.write(
      `test:browser needs Chromium at ${chromiumPath}: apt-get install -y chromium, or name another one with CHROMIUM=\n`,
    );
    return [0, 1];
  }
  const vitest = await startVitest('test', process.argv.slice(2), {
    watch: false,
    include: ['harness/testing/browser/**/*.browser.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
  });
  const cases = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
  const of = (state: string): number => cases.filter((test) => test.result().state === state).length;
  const broken = vitest.state.getTestModules().filter((module) => module.errors().length > 0).length;
  await vitest.close();
  return [of('passed'), of('failed') + broken];
};

const [passed, failed] = await run();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

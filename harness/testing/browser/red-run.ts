import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isChromiumThere, startChromium } from './chromium.ts';
import { openPage } from './open-page.ts';

/** `npm run picture`: renders docs/red-run.png, the report of the red run that the README shows. Needs Chromium. */
const scenario = 'scenarios/red/put-records-order-forbidden.scenario.ts';
const options = { viewport: { width: 1240, height: 1480 }, colorScheme: 'light' } as const;

if (!(await isChromiumThere())) throw new Error('there is no Chromium: install the package chromium, or set CHROMIUM');
const out = join('.cache', 'red-run');
const browser = await startChromium();
try {
  const args = ['--import', 'tsx', 'harness/main.ts', 'run', scenario, '--target', 'kinesis-local', '--seed', '7'];
  const { status } = spawnSync(process.execPath, [...args, '--out', out], { stdio: 'inherit' });
  if (status !== 1) throw new Error(`${scenario} must be red (exit code 1), and ended with ${status}`);
  const { page } = await openPage(browser, resolve(out, 'latest', 'report.html'), '', options);
  await page.screenshot({ path: 'docs/red-run.png' });
} finally {
  await browser.close();
  await rm(out, { recursive: true, force: true });
}

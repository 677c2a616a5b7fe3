import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { history } from '../generators/history-builder.ts';
import { startChromium } from './chromium.ts';
import { reportOf, writeHistory } from './make-report.ts';
import { openPage } from './open-page.ts';

/** What a stranger may put into the names and messages of a history. */
const attacks = [
  '</template><script>window.broken=1</script>',
  '</script><script>window.broken=1</script>',
  '<!--<script>',
  '"><img src=x onerror="window.broken=1">',
  "' onmouseover='window.broken=1",
  'javascript:window.broken=1',
  '${window.broken=1}',
  '{{constructor.constructor("window.broken=1")()}}',
  '<svg onload=window.broken=1>',
  '__proto__',
  'constructor',
  '\u0000\u0007\u001b[31mred\u001b[0m',
  'user\u202egnp.exe\u202c',
  'half \ud83d of a pair',
  'two\nlines\tand a tab',
  `${'x'.repeat(256)}`,
] as const;

let browser: Browser;
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-hostile-'));
  const paths: string[] = [];
  for (const [index, attack] of attacks.entries()) {
    const one = history({
      run: attack,
      seed: attack,
      target: { engine: attack, version: attack },
      scenario: { name: attack, why: attack },
      versions: { sdk: attack, 'kinesis-order': attack, node: attack },
    });
    one.event({ type: 'note', text: attack });
    one.event({ type: 'fault', fault: attack, phase: 'armed', id: 1, detail: { [attack]: attack } });
    one.put(attack, 0).ok(20);
    one.event({ type: 'fault', fault: attack, phase: 'fired', id: 1, op: 2, detail: { [attack]: attack } });
    one.put(attack, 1, { producer: attack }).ok(10);
    one.put(attack, 1).fail();
    one.put(attack, 1).ok(15);
    one.event({ type: 'reader', reader: attack, role: 'live' });
    one.page(
      [
        [15, attack, 1],
        [20, attack, 0],
      ],
      { reader: attack },
    );
    one.page(
      [
        [10, attack, 1, { producer: attack }],
        [15, attack, 1],
        [20, attack, 0],
      ],
      { more: true },
    );
    one.event({ type: 'end', reason: 'failed', error: attack });
    paths.push(await writeHistory(folder, `hostile-${index}`, one.lines));
  }
  [browser, file] = await Promise.all([startChromium(), reportOf(folder, paths)]);
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a history from somebody else', () => {
  test('runs nothing, asks for nothing, and breaks nothing', async () => {
    const { page, complaints, requests } = await openPage(browser, file);
    for (let step = 0; step < attacks.length; step += 1) {
      await page.waitForSelector('.history.on svg.map .tick');
      const chip = page.locator('.history.on .slot-lanes .tag').first();
      await chip.click();
      await page.waitForSelector('.history.on .lane svg.picture');
      await page.hover('.history.on .lane svg.picture .mark >> nth=0');
      for (const fold of await page.locator('.history.on details').all())
        await fold.evaluate((element) => element.setAttribute('open', ''));
      await page.keyboard.press('j');
      await page.waitForTimeout(20);
    }
    expect(await page.evaluate(() => (window as { broken?: number }).broken)).toBeUndefined();
    expect(await page.locator('script').count()).toBe(2 + 2 * attacks.length);
    expect(await page.locator('img, iframe, object, embed, link, base, form').count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  });

  test('control characters and marks of direction are seen, and nothing of them is left', async () => {
    const { page } = await openPage(browser, file, '', { javaScriptEnabled: false });
    const text = await page.innerText('main');
    for (const seen of [
      '⟨NUL⟩',
      '⟨ESC⟩[31m',
      '⟨RLO⟩gnp.exe',
      '⟨U+D83D⟩',
      '⟨LF⟩lines⟨TAB⟩and',
      '</template><script>window.broken=1</script>',
    ])
      expect(text).toContain(seen);
    expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    await page.context().close();
  });

  test('what is executed is known by its hash, and everything else is forbidden', async () => {
    const { page } = await openPage(browser, file);
    const policy = (await page.getAttribute('meta[http-equiv]', 'content')) ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data: blob:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html$/,
    );
    const refused = await page.evaluate(async () => {
      const script = document.createElement('script');
      let isRefused = false;
      try {
        script.textContent = 'window.broken = 1';
        document.body.append(script);
      } catch {
        isRefused = true;
      }
      const answer = await fetch('https://example.com/').catch(() => undefined);
      return isRefused && answer === undefined && (window as { broken?: number }).broken === undefined;
    });
    expect(refused).toBe(true);
    await page.context().close();
  });
});

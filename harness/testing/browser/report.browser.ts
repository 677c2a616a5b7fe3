import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HistoryVerdict, Verdict } from '../../model/verdict.ts';
import { fragmentOfFinding } from '../../report/html/fragment.ts';
import { startChromium } from './chromium.ts';
import { runCommand } from './make-report.ts';
import { type Opened, openPage } from './open-page.ts';

/**
 * A real run, as `npm start` makes one: one scenario is red, one breaks the order and is asked to, one is split and
 * merged.
 */
const scenarios = [
  'scenarios/red/put-records-order-forbidden.scenario.ts',
  'scenarios/put-record-held-call-overtaken.scenario.ts',
  'scenarios/split-and-merge-under-load.scenario.ts',
];
let browser: Browser;
let folder: string;
let file: string;
let verdict: Verdict;
const red = 'put-records-order-forbidden';
const split = 'split-and-merge-under-load';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-browser-'));
  [browser] = await Promise.all([startChromium(), runCommand('run', ...scenarios, '--seed', '7', '--out', folder)]);
  file = join(folder, 'latest', 'report.html');
  verdict = JSON.parse(await readFile(join(folder, 'latest', 'verdict.json'), 'utf8')) as Verdict;
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const withPage = async (
  fragment: string,
  look: (opened: Opened) => Promise<void>,
  options: Parameters<typeof openPage>[3] = {},
): Promise<void> => {
  const opened = await openPage(browser, file, fragment, options);
  try {
    await look(opened);
    expect(opened.complaints).toEqual([]);
    expect(opened.requests).toEqual([]);
  } finally {
    await opened.page.context().close();
  }
};

const shown = (page: Page): Promise<string | null> => page.textContent('.history.on h1');
const fragment = (page: Page): Promise<string> => page.evaluate(() => decodeURIComponent(location.hash));
const historyOf = (name: string): HistoryVerdict =>
  verdict.histories.find(({ path }) => path.endsWith(`/${name}.ndjson`)) as HistoryVerdict;

describe('what is seen first', () => {
  test('the red scenario, its two answers, the sentence, the promise and the line that replays it', () =>
    withPage('', async ({ page }) => {
      expect(await shown(page)).toBe(red);
      expect(await page.locator('.history.on .word').allTextContents()).toEqual(['Not kept', '1 violated']);
      const [finding] = historyOf(red).findings.filter(({ expect: how }) => how === 'forbid');
      expect(await page.textContent('.history.on .finding-block.on .say')).toBe(finding?.sentence);
      expect(await page.textContent('.history.on blockquote')).toContain('use PutRecord instead of PutRecords');
      expect(await page.textContent('.history.on .replay code')).toMatch(/^npx kinesis-order run .* --seed 7$/);
      expect(await page.textContent('.history.on .tag.blame')).toBe('blame: producer');
      const answers = await page.locator('.history.on .answers').boundingBox();
      const picture = await page.locator('.history.on .witness figure').boundingBox();
      expect((answers?.y ?? 999) + (answers?.height ?? 999)).toBeLessThan(450);
      expect(picture?.y).toBeLessThan(780);
    }));

  test('a breach that is asked for has no alarm colour', () =>
    withPage('#scenario=put-record-held-call-overtaken', async ({ page }) => {
      expect(await page.locator('.history.on .word').allTextContents()).toEqual(['Not kept', 'All hold']);
      expect(await page.locator('.history.on .answer.is-bad').count()).toBe(0);
      expect(await page.locator('.history.on .answer .sign.asked').count()).toBe(1);
    }));

  test('a history that holds shows its map before what is allowed', () =>
    withPage(`#scenario=${split}`, async ({ page }) => {
      const [map, found] = await Promise.all(
        ['.slot-map', '.findings'].map((one) => page.locator(`.history.on ${one}`).boundingBox()),
      );
      expect(map?.y).toBeLessThan(found?.y ?? 0);
    }));
});

describe('the list', () => {
  test('a click opens a scenario, and the browser goes back', () =>
    withPage('', async ({ page }) => {
      await page.click(`.item:has-text("${split}")`);
      await expect.poll(() => shown(page)).toBe(split);
      expect(await fragment(page)).toBe(`#scenario=${split}`);
      await page.goBack();
      await expect.poll(() => shown(page)).toBe(red);
    }));

  test('filters by verdict, words and what a link sets; nothing left is said', () =>
    withPage('', async ({ page }) => {
      const items = (): Promise<string[]> => page.locator('.item .name').allTextContents();
      await page.click('.chips button:has-text("Holds")');
      await expect.poll(items).toEqual(['put-record-held-call-overtaken', split]);
      await page.fill('#q', 'merge');
      await expect.poll(items).toEqual([split]);
      expect(await fragment(page)).toContain('s=holds');
      expect(await fragment(page)).toContain('q=merge');
      await page.fill('#q', 'nothing like this');
      await page.click('.empty button');
      await expect.poll(async () => (await items()).length).toBe(3);
      await page.evaluate(() => {
        location.hash = '#c=key-reorder&k=p1-6skz7';
      });
      await expect.poll(async () => (await items()).includes(split)).toBe(false);
      expect(await items()).toContain(red);
      await page.click('.tag.on >> nth=0');
      await page.click('.tag.on >> nth=0');
      await expect.poll(async () => (await items()).length).toBe(3);
    }));
});

describe('the address is the whole state', () => {
  test('it restores scenario, finding, line, key, zoom, filters and theme', () =>
    withPage('', async ({ page }) => {
      await page.click(`.item:has-text("${red}")`);
      await page.click('.history.on .say [data-line="14"]');
      await page.click('.history.on .slot-lanes .tag:has-text("p1-567wf")');
      await page.click('.history.on [aria-label="Zoom in"]');
      await page.click('.chips button:has-text("Violated")');
      await page.click('button:has-text("Light / dark")');
      await page.waitForSelector('.history.on .lane');
      const address = await fragment(page);
      for (const part of [`scenario=${red}`, 'line=14', 'key=p1-567wf', 't=', 's=violated', 'theme=dark'])
        expect(address).toContain(part);
      const look = async (): Promise<unknown> => ({
        h1: await shown(page),
        row: await page.textContent('.history.on tr.lit'),
        lane: await page.locator('.history.on .lane svg.picture').getAttribute('aria-label'),
        axis: await page.locator('.history.on .slot-map .axis-words').allTextContents(),
        chip: await page.textContent('.chips [aria-pressed="true"]'),
        theme: await page.evaluate(() => document.documentElement.dataset['theme']),
      });
      const before = await look();
      await page.reload();
      await page.waitForSelector('.history.on .lane');
      expect(await look()).toEqual(before);
      expect(await fragment(page)).toBe(address);
    }));

  test('the link that other reporters print opens its finding', async () => {
    const { findings } = historyOf(split);
    const last = findings.at(-1);
    if (last === undefined) throw new Error('there is no finding to link to');
    await withPage(fragmentOfFinding(split, last, findings), async ({ page }) => {
      expect(await shown(page)).toBe(split);
      expect(await page.textContent('.history.on .finding-block.on .say')).toBe(last.sentence);
    });
  });

  test('an address of nonsense shows what needs looking at', () =>
    withPage('#scenario=%3Cscript%3E&claim=nothing&t=9-1&line=x', async ({ page }) =>
      expect(await shown(page)).toBe(red),
    ));
});

describe('by keyboard', () => {
  test('j and k go through the list, n and p through findings, / into the filter', () =>
    withPage('', async ({ page }) => {
      await page.keyboard.press('j');
      await expect.poll(() => shown(page)).toBe('put-record-held-call-overtaken');
      await page.keyboard.press('j');
      await expect.poll(() => shown(page)).toBe(split);
      await page.keyboard.press('n');
      await expect.poll(() => page.textContent('.history.on .switch .at')).toBe('2');
      await page.keyboard.press('p');
      await expect.poll(() => page.textContent('.history.on .switch .at')).toBe('1');
      await page.keyboard.press('k');
      await page.keyboard.press('k');
      await expect.poll(() => shown(page)).toBe(red);
      await page.keyboard.press('/');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
      await page.keyboard.type('jk');
      expect(await page.inputValue('#q')).toBe('jk');
    }));

  test('arrow keys go from record to record, and say what became of each', () =>
    withPage('', async ({ page }) => {
      await page.focus('.history.on .witness svg.picture');
      await page.keyboard.press('ArrowRight');
      const first = await page.textContent('#live');
      await page.keyboard.press('ArrowRight');
      const second = await page.textContent('#live');
      expect(first).toMatch(/^p1-6skz7 #\d+: sent /);
      expect(second).toMatch(/^p1-6skz7 #\d+: sent /);
      expect(second).not.toBe(first);
      expect(await page.locator('.history.on .witness svg.picture .mark.lit').count()).toBeGreaterThanOrEqual(4);
      expect(await page.textContent('.history.on .witness .said-of b')).toBe(second?.split(':')[0]);
      await page.keyboard.press('Escape');
      expect(await page.locator('.history.on .witness svg.picture .lit').count()).toBe(0);
    }));

  test('the map is walked by time, and Enter opens a finding', () =>
    withPage(`#scenario=${split}`, async ({ page }) => {
      await page.focus('.history.on svg.map');
      const heard: string[] = [];
      for (let step = 0; step < 12; step += 1) {
        await page.keyboard.press('ArrowRight');
        await page.waitForTimeout(30);
        heard.push((await page.textContent('#live')) ?? '');
      }
      expect(heard.some((words) => words.startsWith('shard '))).toBe(true);
      expect(heard.some((words) => words.startsWith('SplitShard '))).toBe(true);
      expect(await page.locator('.history.on svg.map .cursor').count()).toBe(1);
      while (!(await page.textContent('#live'))?.startsWith('finding ')) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect.poll(() => fragment(page)).toContain('claim=seq-out-of-range');
    }));

  test('every control has a name, and the first Tab skips the list', () =>
    withPage('', async ({ page }) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the report');
      const unnamed = await page.evaluate(() =>
        [...document.querySelectorAll('button, a, input, select, svg[role=img], figure')]
          .filter((element) => {
            const label =
              element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent ?? '';
            return label.trim() === '';
          })
          .map(({ outerHTML }) => outerHTML.slice(0, 120)),
      );
      expect(unnamed).toEqual([]);
    }));
});

describe('pictures say what the data says', () => {
  test('the crossings of the witness are the inversions of the verdict', () =>
    withPage('', async ({ page }) => {
      const { power } = historyOf(red);
      expect(await page.locator('.history.on .witness svg.picture .crossing').count()).toBe(power['inversions']);
      expect(await page.textContent('.history.on .witness .crossings')).toBe(`${power['inversions']} crossings`);
      const late = page.locator('.history.on .witness svg.picture .mark.late');
      expect(await late.count()).toBeGreaterThanOrEqual(5);
    }));

  test('shards of the map tile the hash keys, and reshards stand where they were', () =>
    withPage(`#scenario=${split}`, async ({ page }) => {
      await page.waitForSelector('.history.on svg.map .tick');
      const rects = await page
        .locator('.history.on svg.map rect.shard')
        .evaluateAll((all) =>
          all.map((one) => ['x', 'y', 'width', 'height'].map((name) => Number(one.getAttribute(name)))),
        );
      expect(rects).toHaveLength(7);
      const plot = rects.filter(([x = 0]) => x < 130).reduce((sum, [, , , height = 0]) => sum + height, 0);
      // Between any two edges, in the middle: coordinates are rounded, so an edge itself belongs to either side.
      const edges = [...new Set(rects.flatMap(([left = 0, , width = 0]) => [left, left + width]))].sort(
        (p, q) => p - q,
      );
      const middles = edges
        .slice(1)
        .flatMap((edge, index) => (edge - (edges[index] ?? 0) > 1 ? [(edge + (edges[index] ?? 0)) / 2] : []));
      expect(middles.length).toBeGreaterThanOrEqual(4);
      for (const x of middles) {
        const own = rects.filter(([left = 0, , width = 0]) => left <= x && x < left + width);
        const covered = own.reduce((sum, [, , , height = 0]) => sum + height, 0);
        expect(covered).toBeCloseTo(plot, 0);
      }
      expect(await page.locator('.history.on svg.map .shard-end').count()).toBe(4);
      expect(await page.locator('.history.on svg.map .lineage').count()).toBe(6);
      const ticks = await page.locator('.history.on svg.map .tick').count();
      expect(ticks).toBe(historyOf(split).counts.acked);
    }));

  test('a drag zooms, marks of findings stay, and Whole goes back', () =>
    withPage('', async ({ page }) => {
      const map = page.locator('.history.on svg.map');
      await map.scrollIntoViewIfNeeded();
      const box = await map.boundingBox();
      if (box === null) throw new Error('the map is not there');
      const mark = await page.locator('.history.on svg.map .mark-body').boundingBox();
      const y = box.y + box.height / 2;
      await page.mouse.move((mark?.x ?? 0) - 120, y);
      await page.mouse.down();
      await page.mouse.move((mark?.x ?? 0) + 60, y, { steps: 4 });
      expect(await page.locator('.history.on svg.map .brush').count()).toBe(1);
      await page.mouse.up();
      await expect.poll(() => fragment(page)).toMatch(/t=\d+-\d+/);
      await expect.poll(() => page.locator('.history.on svg.map .mark-body').count()).toBe(1);
      await page.click('.history.on .map-section button:has-text("Whole")');
      await expect.poll(() => fragment(page)).not.toContain('t=');
    }));

  test('a key opens its lane, and what is out of order is a step away', () =>
    withPage('', async ({ page }) => {
      await page.waitForSelector('.history.on svg.map .key-name');
      await page.click('.history.on .slot-lanes .tag:has-text("p1-6skz7")');
      await page.waitForSelector('.history.on .lane svg.picture');
      expect(await page.textContent('.history.on .lane-nav')).toContain('1 out of order');
      await page.click('.history.on .lane-nav .tag.late');
      await expect.poll(() => page.locator('.history.on .lane svg.picture .mark.late').count()).toBeGreaterThan(3);
      expect(await fragment(page)).toContain('n=10');
      await page.click('.history.on svg.map .key-name >> nth=0', { force: true });
      await expect.poll(() => fragment(page)).toContain('key=p1-3sgoh');
    }));

  test('each picture has a table that says the same', () =>
    withPage('', async ({ page }) => {
      const missing = await page.evaluate(() =>
        [...document.querySelectorAll('figure[aria-details]')]
          .map((figure) => figure.getAttribute('aria-details') ?? '')
          .filter((id) => document.getElementById(id)?.tagName !== 'TABLE'),
      );
      expect(missing).toEqual([]);
      const rows = await page.locator('.history.on .witness table tbody tr').allTextContents();
      expect(
        rows.some((row) =>
          /#10 \(the record that is wrong\)sent .*refused .*sent again .*acknowledged .*delivered to final.*\d{56}/.test(
            row,
          ),
        ),
      ).toBe(true);
    }));

  test('pictures are saved, and texts copied', () =>
    withPage(
      '',
      async ({ page }) => {
        for (const kind of ['SVG', 'PNG']) {
          const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.click(`.history.on .witness button:has-text("Save ${kind}")`),
          ]);
          expect(download.suggestedFilename()).toBe(`${red}-key-reorder.${kind.toLowerCase()}`);
          const bytes = await readFile((await download.path()) ?? '');
          if (kind === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
          else {
            const text = bytes.toString('utf8');
            expect(text).toContain('is stored after 9 records');
            expect(text).not.toContain('var(--');
            expect(text).not.toMatch(/class=/);
          }
        }
        await page.click('.history.on .witness button:has-text("Copy as text")');
        await expect.poll(() => page.textContent('#live')).toBe('Copied.');
      },
      { acceptDownloads: true, permissions: ['clipboard-write'] },
    ));
});

describe('otherwise than usual', () => {
  test('without a script the answers, the findings and their pictures are there', () =>
    withPage(
      '',
      async ({ page }) => {
        const text = await page.innerText('main');
        for (const { path, findings } of verdict.histories) {
          expect(text).toContain(path);
          for (const { sentence } of findings) expect(text).toContain(sentence);
        }
        expect(await page.locator('.witness svg.picture').count()).toBeGreaterThanOrEqual(2);
      },
      { javaScriptEnabled: false },
    ));

  test('in print: no list, no controls, and the picture', () =>
    withPage('', async ({ page }) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.isVisible('.side')).toBe(false);
      expect(await page.locator('.history.on .button:visible').count()).toBe(0);
      expect(await page.isVisible('.history.on .witness svg.picture')).toBe(true);
    }));

  test('on a narrow screen nothing but pictures is wider than it', () =>
    withPage(
      '',
      async ({ page }) => {
        const [inner, scroll] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
        expect(scroll).toBeLessThanOrEqual(inner ?? 0);
      },
      { viewport: { width: 390, height: 844 } },
    ));
});

/** To be looked at by a person, and kept by a CI job; git does not keep them. */
describe('screenshots', () => {
  const sizes = [
    ['large', 1440, 900],
    ['medium', 1024, 768],
    ['narrow', 390, 844],
  ] as const;
  const pages = [
    ['red', ''],
    ['split', `#scenario=${split}`],
  ] as const;
  test.each(
    pages.flatMap(([name, address]) =>
      sizes.flatMap((size) =>
        (['light', 'dark'] as const).map((colorScheme) => ({ name, address, size, colorScheme })),
      ),
    ),
  )('$name, $size, $colorScheme', ({ name, address, size: [word, width, height], colorScheme }) =>
    withPage(
      address,
      async ({ page }) => {
        await page.waitForSelector('.history.on svg.map .tick');
        await page.screenshot({ path: `reports/screens/${name}-${word}-${colorScheme}.png`, fullPage: true });
      },
      { viewport: { width, height }, colorScheme },
    ),
  );

  test('in print', () =>
    withPage('', async ({ page }) => {
      await page.waitForSelector('.history.on svg.map .tick');
      const bytes = await page.pdf({
        path: 'reports/screens/red.pdf',
        format: 'A4',
        margin: { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' },
      });
      expect(bytes.length).toBeGreaterThan(10_000);
    }));
});

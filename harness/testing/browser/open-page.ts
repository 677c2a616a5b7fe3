import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export type Opened = {
  readonly page: Page;
  /**
   * Whatever the browser complained about: errors and warnings of the console, exceptions, what its policy refused.
   */
  readonly complaints: readonly string[];
  /** Addresses that were asked for, the page itself left out. */
  readonly requests: readonly string[];
};

/** A report, from disk, with everything written down that it should not do. */
export const openPage = async (
  browser: Browser,
  file: string,
  fragment = '',
  options: BrowserContextOptions = {},
): Promise<Opened> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const own = pathToFileURL(file).href;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const [url = ''] = request.url().split('#');
    if (url !== own && !/^(data|blob):/.test(url)) requests.push(url);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await page.goto(`${own}${fragment}`);
  if (options.javaScriptEnabled !== false) await page.waitForSelector('.history.on');
  return { page, complaints, requests };
};

import { access } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';

/** Debian's own package; another one by name. */
export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const isChromiumThere = (): Promise<boolean> =>
  access(chromiumPath).then(
    () => true,
    () => false,
  );

/** With a profile of its own, which is empty and goes when it is closed. */
export const startChromium = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: flags });

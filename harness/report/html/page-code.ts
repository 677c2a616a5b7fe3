import { readFile } from 'node:fs/promises';
import type { PageCode } from './bundle.ts';

/** `npm run build` writes this file. A checkout without it bundles the sources on demand. */
export const codeFile = new URL('./page-code.json', import.meta.url);

let known: Promise<PageCode> | undefined;

export const pageCode = (): Promise<PageCode> => {
  known ??= load();
  return known;
};

const load = async (): Promise<PageCode> => {
  const text = await readFile(codeFile, 'utf8').catch(() => undefined);
  return text === undefined ? (await import('./bundle.ts')).bundlePage() : (JSON.parse(text) as PageCode);
};

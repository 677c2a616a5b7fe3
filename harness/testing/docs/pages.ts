import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A fenced block of a page. */
export type Snippet = {
  readonly page: string;
  readonly line: number;
  /** sh, ts, js, json, yaml, text, … */
  readonly language: string;
  readonly text: string;
  /** The file that the paragraph before it names, where it names one of the sources. */
  readonly file: string | undefined;
  /** `<!-- exit: N -->` before it. */
  readonly exit: number;
  /** `<!-- slow -->` before it: only the whole suite of clients runs it. */
  readonly isSlow: boolean;
  /** `<!-- not run: WHY -->` before it. */
  readonly notRun: string | undefined;
};

const fence = /((?:^<!--.*-->\n\n)*)^[ ]*```(\w+)\n([\s\S]*?)^[ ]*```$/gm;

/** All of README.md and docs/. */
export const snippets = async (): Promise<readonly Snippet[]> => {
  const names = (await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  const pages = await Promise.all(
    ['README.md', ...names.sort()].map(async (page) => snippetsOf(page, await readFile(page, 'utf8'))),
  );
  return pages.flat();
};

const snippetsOf = (page: string, whole: string): readonly Snippet[] =>
  [...whole.matchAll(fence)].map(({ index, 1: before = '', 2: language = '', 3: text = '' }) => ({
    page,
    line: whole.slice(0, index + before.length).split('\n').length,
    language,
    text,
    file: /`(harness\/[\w/.-]+\.ts)`[^`]*$/.exec(whole.slice(0, index).trimEnd().split('\n\n').at(-1) ?? '')?.[1],
    exit: Number(/<!-- exit: (\d+) -->/.exec(before)?.[1] ?? 0),
    isSlow: before.includes('<!-- slow -->'),
    notRun: /<!-- not run: (.+?) -->/.exec(before)?.[1],
  }));

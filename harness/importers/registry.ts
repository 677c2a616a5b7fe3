import type { Format } from './format.ts';
import { jsonl } from './jsonl.ts';

/** Formats by the name that is typed behind `import`. Adding one: a file and a line. */
export const formats = {
  jsonl,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

import type { Comparison } from '../result.ts';
import { json } from './json.ts';
import { terminal } from './terminal.ts';

/** How a comparison may be shown, by the name that `--reporter` takes. Adding one: a file and a line. */
export const formats = { terminal, json } as const satisfies Record<string, (comparison: Comparison) => string>;

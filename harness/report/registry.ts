import { github } from './github.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';
import { terminal } from './terminal.ts';

/** Reporters by the name that `--reporter` takes. A new reporter needs a file and an entry here. */
export const reporters = { terminal, json, junit, markdown, github, html } as const satisfies Record<string, Reporter>;

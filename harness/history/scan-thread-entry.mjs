// The thread that reads a history ahead of its judge: in a package compiled, in a checkout TypeScript.
import { existsSync } from 'node:fs';

const typed = new URL('./scan-thread.ts', import.meta.url);
if (existsSync(typed)) await (await import('tsx/esm/api')).tsImport(typed.href, import.meta.url);
else await import(new URL('./scan-thread.js', import.meta.url).href);

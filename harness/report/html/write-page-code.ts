import { writeFile } from 'node:fs/promises';
import { bundlePage } from './bundle.ts';

/** Part of `npm run build`: the page's code, bundled from its sources, as one file beside the built code. */
const sizeMax = 120 * 1024;
const code = await bundlePage();
const size = Buffer.byteLength(code.script) + Buffer.byteLength(code.style);
if (size > sizeMax) throw new Error(`the page's code has ${size} bytes, and may have ${sizeMax}`);
await writeFile('dist/report/html/page-code.json', JSON.stringify(code));
process.stdout.write(`page code: ${(size / 1024).toFixed(1)} KB\n`);

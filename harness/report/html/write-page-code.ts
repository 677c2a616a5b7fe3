import { writeFile } from 'node:fs/promises';
import { bundlePage } from './bundle.ts';

/**
 * Part of `npm run build`: bundles the page's code into one file beside the built code. Fails above this size in
 * bytes.
 */
const sizeMax = 120_000;
const code = await bundlePage();
const size = Buffer.byteLength(code.script);
if (size > sizeMax) throw new Error(`the page's code has ${size} bytes, and may have ${sizeMax}`);
await writeFile('dist/report/html/page-code.json', JSON.stringify(code));
process.stderr.write(
  `page code: ${(size / 1000).toFixed(1)} KB, style ${(Buffer.byteLength(code.style) / 1000).toFixed(1)} KB\n`,
);

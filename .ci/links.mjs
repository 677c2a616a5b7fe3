// Checks that every relative link of the README and the docs leads to a file of the package, and to an existing
// heading.
import { execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const pages = execSync('git ls-files --cached --others --exclude-standard "*.md"', { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file));
const slug = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
const headingsOf = (file) => {
  const text = readFileSync(file, 'utf8');
  const ids = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id]) => id);
  return new Set([...ids, ...[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading))]);
};

let broken = 0;
let links = 0;
for (const page of pages) {
  const text = readFileSync(page, 'utf8').replaceAll(/```[\s\S]*?```/g, '');
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    links += 1;
    const [path = '', heading] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), path));
    const isThere =
      existsSync(file) && (heading === undefined || !file.endsWith('.md') || headingsOf(file).has(heading));
    if (isThere) continue;
    broken += 1;
    console.error(`${page}: ${target} leads nowhere`);
  }
}
console.log(`links: ${links} in ${pages.length} pages, ${broken} broken`);
process.exit(broken === 0 && links > 0 ? 0 : 1);

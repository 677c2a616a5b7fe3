// Removes declarations that no entry point of the package leads to, because a thousand small files take megabytes.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { glob } from 'tinyglobby';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const doors = Object.values(exports).flatMap((door) => (door.types === undefined ? [] : [normalize(door.types)]));

const kept = new Set();
const keep = (file) => {
  if (kept.has(file) || !existsSync(file)) return;
  kept.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, path] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g))
    keep(normalize(join(dirname(file), path.replace(/\.(m?)[jt]s$/, '.d.$1ts'))));
};
for (const door of doors) keep(door);

const all = await glob('dist/**/*.d.{ts,mts,cts}');
const useless = all.map((file) => normalize(file)).filter((file) => !kept.has(file));
for (const file of useless) rmSync(file);
console.error(`declarations: ${kept.size} kept, ${useless.length} removed`);
if (doors.length === 0 || kept.size < doors.length) throw new Error('a door of the package has no declarations');

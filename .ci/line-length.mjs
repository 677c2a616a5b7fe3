// Source lines end before column 120. A line that holds a text or a pattern may be longer:
// cases and messages stay whole.
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const longest = 120;
const holdsText = (line) => /['"`]|\/.+\//.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line);
const files = execSync('git ls-files --cached --others --exclude-standard', { encoding: 'utf8', maxBuffer: 2 ** 26 })
  .split('\n')
  .filter((file) => /^(harness|bench|scenarios|examples|\.ci)\/.*\.(ts|mjs|cjs)$/.test(file));

let tooLong = 0;
for (const file of files) {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.length <= longest || holdsText(line)) continue;
    tooLong += 1;
    console.error(`${file}:${index + 1}: ${line.length} columns; break the line before column ${longest}`);
  }
}
console.log(`line length: ${files.length} files, ${tooLong} lines too long`);
process.exit(tooLong === 0 && files.length > 0 ? 0 : 1);

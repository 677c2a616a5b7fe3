// One measurement in its own process. `parse` splits a file into lines and parses each. `check` judges it, and fails
// if the verdict is not the expected one (`any`: the verdict is printed).
import { createReadStream } from 'node:fs';

const [what, path, expected] = process.argv.slice(2);
const { checkHistory } =
  what === 'check' ? await import('../dist/judging/check-history.js') : { checkHistory: undefined };
const before = performance.now();
let verdict;
if (checkHistory === undefined) {
  let rest = [];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const piece = chunk.subarray(start, end);
      JSON.parse((rest.length === 0 ? piece : Buffer.concat([...rest, piece])).toString('utf8'));
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
} else {
  ({ verdict } = await checkHistory(path));
  if (expected !== 'any' && verdict !== expected)
    throw new Error(`the synthetic history is ${verdict}, not ${expected}`);
}
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    ms: performance.now() - before,
    cpuMs: (user + system) / 1000,
    ...(verdict === undefined ? {} : { verdict }),
    rssMb: Math.round(process.resourceUsage().maxRSS / 1000),
  }),
);

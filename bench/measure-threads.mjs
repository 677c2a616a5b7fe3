// Judges a file in this many threads. Prints the elapsed time, and the processor time of all threads and of the main
// one.
import { readFileSync } from 'node:fs';
import { checkHistory } from '../dist/judging/check-history.js';

const [path, workers] = process.argv.slice(2);
/** The processor time of the main thread, in ms. The kernel counts ticks of 10 ms. */
const own = () => {
  const stat = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const [begun, before, ticks] = [performance.now(), process.cpuUsage(), own()];
await checkHistory(path, { workers: Number(workers) });
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ ms: performance.now() - begun, cpuMs: (user + system) / 1000, judgeMs: own() - ticks }));

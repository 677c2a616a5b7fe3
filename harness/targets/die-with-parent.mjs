// Runs an engine, and ends with the process that started it: when standard input closes, the whole process group is
// killed.
import { execFileSync, spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const engine = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
engine.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
engine.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
// An engine may start others in their own sessions (LocalStack does so with its Kinesis). Those are not in the process
// group, and are found by their parents.
const descendants = () => {
  try {
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
    const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
    const found = [engine.pid];
    for (let index = 0; index < found.length; index += 1)
      found.push(...pairs.filter(([, parent]) => parent === found[index]).map(([pid]) => pid));
    return found.filter((pid) => pid !== undefined);
  } catch {
    return [];
  }
};
const end = () => {
  for (const pid of descendants()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    engine.kill('SIGKILL');
    process.exit(1);
  }
};
process.stdin.on('end', end).on('error', end).on('close', end).resume();

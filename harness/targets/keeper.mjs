// Runs an engine and dies with whoever started it: when standard input closes, the whole process group is killed.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const engine = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
engine.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
engine.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
const end = () => {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    engine.kill('SIGKILL');
    process.exit(1);
  }
};
process.stdin.on('end', end).on('error', end).on('close', end).resume();

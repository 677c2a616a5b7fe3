import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

type Process = { readonly pid: number; readonly parent: number; readonly command: string };

const waitMs = 1_800_000;

/**
 * Kills the executor that runs a step with these words, as soon as there is one: a Java process below `root`. Answers
 * what it did.
 */
export const killExecutorIn = async (root: number, words: string): Promise<string> => {
  const until = performance.now() + waitMs;
  while (performance.now() < until) {
    const all = processes();
    const own = all.filter(({ pid }) => isBelow(all, pid, root));
    const step = own.find(({ command }) => command.includes(words) && !command.includes('java'));
    const executor = step && aboveOf(all, step.pid).find(({ command }) => command.includes('ExecutorBackend'));
    if (executor !== undefined) {
      process.kill(executor.pid, 'SIGKILL');
      return `executor ${executor.pid} was killed while it ran ${words}`;
    }
    await after(200);
  }
  throw new Error(`no executor ran ${words} within ${waitMs / 1000} s`);
};

const processes = (): readonly Process[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent, command }];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });

const aboveOf = (all: readonly Process[], pid: number): readonly Process[] => {
  const own = all.find((one) => one.pid === pid);
  return own === undefined ? [] : [own, ...aboveOf(all, own.parent)];
};

const isBelow = (all: readonly Process[], pid: number, root: number): boolean =>
  aboveOf(all, pid).some((one) => one.pid === root);

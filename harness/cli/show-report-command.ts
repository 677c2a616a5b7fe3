import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { HarnessError } from '../lib/error.ts';
import { filesBelow } from '../lib/files-below.ts';
import { print } from '../lib/print.ts';
import { throughLatest } from '../session/latest.ts';

/**
 * `show-report`: prints the path of the newest report, and opens the report if it runs in a terminal. Returns the exit
 * code, 0.
 */
export const showReportCommand = async (folder: string): Promise<number> => {
  const file = await newestReport(folder);
  print.out(`${file}\n`);
  if (process.stdout.isTTY === true) openInBrowser(resolve(file));
  return 0;
};

/** The pages that `run` and `record` write, and the page of `compare`. */
const pages = ['report.html', 'compare.html'];

/**
 * The newest report at or below a folder; the path itself if it is a file. Throws HarnessError('usage') if there is
 * none.
 */
export const newestReport = async (given: string): Promise<string> => {
  const folder = await throughLatest(given);
  const info = await stat(folder).catch(() => undefined);
  if (info?.isFile() === true) return folder;
  if (info === undefined) throw noReport(folder, 'there is no such folder');
  const paths = (await filesBelow(folder)).filter((path) => pages.includes(basename(path)));
  const files = await Promise.all(paths.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })));
  const [newest] = files.toSorted((a, b) => b.at - a.at);
  if (newest === undefined) throw noReport(folder, `there is no ${pages.join(' and no ')} in it`);
  return newest.path;
};

const noReport = (folder: string, why: string): HarnessError =>
  new HarnessError('usage', `show-report: ${folder}: ${why}`, {
    hint: 'kinesis-order run and compare write one beside their histories; kinesis-order check FILE --reporter html=report.html makes one',
  });

const openers: Readonly<Record<string, readonly [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Failures are ignored, because the path was printed. */
const openInBrowser = (path: string): void => {
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, path], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
};

import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OutputOf } from '../commands/start-command.ts';
import type { CommandOptions } from './command-options.ts';
import type { SubjectDoor } from './subject-door.ts';

type Feed = (chunk: Buffer) => Promise<void> | undefined;

/** Where a program writes its lines. */
export type LinesPlace = {
  /** The value of KINESIS_ORDER_LINES and `{lines}`: `stdout`, `fd:3`, a path or a URL. */
  readonly name: string;
  /** The output of the program that is read; undefined if the lines come another way. */
  readonly from: OutputOf | undefined;
  readonly listen: (feed: Feed) => void;
  /** Stops after reading the rest. */
  readonly close: () => Promise<void>;
};

export const linesPath = '/_kinesis-order/lines';

export const linesPlace = (lines: CommandOptions['lines'], door: SubjectDoor, cwd = '.'): LinesPlace => {
  const silent = { listen: () => undefined, close: () => Promise.resolve() };
  if (lines === 'stdout') return { name: 'stdout', from: 'stdout', ...silent };
  if (lines === 'fd3') return { name: 'fd:3', from: 'fd3', ...silent };
  if (lines === 'http') return { name: `${door.endpoint}${linesPath}`, from: undefined, ...silent };
  const path = lines === 'file' ? resolve(`${door.logFile}.lines`) : resolve(cwd, lines.file);
  return { name: path, from: undefined, ...followed(path, lines === 'file') };
};

const lookMs = 20;
const chunkBytes = 64 * 1024;

/** Follows a growing file, every 20 ms. If the program chose the file, its old lines are skipped. */
const followed = (path: string, isNew: boolean): Pick<LinesPlace, 'listen' | 'close'> => {
  let isClosed = false;
  let reading: Promise<void> = Promise.resolve();
  const follow = async (feed: Feed): Promise<void> => {
    let position = isNew ? 0 : await sizeOf(path);
    const buffer = Buffer.alloc(chunkBytes);
    for (let isLast = false; ; isLast = isClosed) {
      position = await readOn(path, position, buffer, feed);
      if (isLast) return;
      if (!isClosed) await sleep(lookMs);
    }
  };
  return {
    listen: (feed) => {
      reading = follow(feed);
    },
    close: async () => {
      isClosed = true;
      await reading;
    },
  };
};

const sizeOf = async (path: string): Promise<number> => {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return 0;
  const { size } = await file.stat();
  await file.close();
  return size;
};

const readOn = async (path: string, position: number, buffer: Buffer, feed: Feed): Promise<number> => {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return position;
  let at = position;
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return at;
      at += bytesRead;
      await feed(Buffer.from(buffer.subarray(0, bytesRead)));
    }
  } finally {
    await file.close();
  }
};

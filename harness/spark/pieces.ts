import { columnsOf } from './rows.ts';

/** A line of a file that Spark reads in pieces: it says where the piece begins. */
export type PieceOf<T> = { readonly file: string; readonly at: number; readonly own: T };

const batchBytes = 1024 * 1024;

/**
 * Feeds the lines of each piece to what `begin` makes of it, a megabyte at a time, and ends it: the last line comes
 * without its newline. Rows have the file, where the piece begins in it, and the line.
 */
export const feedPieces = <T>(
  rows: Iterable<Buffer>,
  begin: (file: string, at: number) => T,
  feed: (piece: T, bytes: Uint8Array) => void,
  end: (piece: T, file: string, at: number) => void,
): void => {
  let [name, open]: [Buffer | undefined, PieceOf<T> | undefined] = [undefined, undefined];
  const room = Buffer.alloc(batchBytes);
  let used = 0;
  const flush = (): void => {
    if (open !== undefined && used > 0) feed(open.own, room.subarray(0, used));
    used = 0;
  };
  const add = (piece: PieceOf<T>, bytes: Buffer): void => {
    if (used + bytes.length > batchBytes) flush();
    if (bytes.length > batchBytes) return feed(piece.own, bytes);
    used += bytes.copy(room, used);
  };
  const close = (): void => {
    flush();
    if (open !== undefined) end(open.own, open.file, open.at);
  };
  for (const row of rows) {
    const [file, at, line] = columnsOf(row, 3) as [Buffer, Buffer, Buffer];
    const nameNow = row.subarray(0, file.length + 1 + at.length);
    if (open === undefined || name === undefined || !nameNow.equals(name)) {
      close();
      name = Buffer.from(nameNow);
      const from = Number(at.toString('latin1'));
      open = { file: file.toString('utf8'), at: from, own: begin(file.toString('utf8'), from) };
    } else add(open, newline);
    add(open, line);
  }
  close();
};

const newline = Buffer.from('\n');

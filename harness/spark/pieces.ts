import { ByteRoom } from '../parts/byte-room.ts';
import { columnsOf } from './rows.ts';

/** A piece of a file that Spark reads in pieces, identified by its offset. */
type Open<T> = { readonly file: string; readonly at: number; readonly own: T; rows: number };

/**
 * Feeds the lines of each piece to the object that `begin` returns, a megabyte at a time, then calls `end` with the
 * number of its lines. The last line has no newline. Rows have the file, the offset of the piece, and the line.
 */
export const feedPieces = <T>(
  rows: Iterable<Buffer>,
  begin: (file: string, at: number) => T,
  feed: (piece: T, bytes: Uint8Array) => void,
  end: (piece: T, file: string, at: number, rows: number) => void,
): void => {
  let [name, open]: [Buffer | undefined, Open<T> | undefined] = [undefined, undefined];
  const room = new ByteRoom((bytes, start, stop) => {
    if (open !== undefined) feed(open.own, bytes.subarray(start, stop));
  });
  const close = (): void => {
    room.flush();
    if (open !== undefined) end(open.own, open.file, open.at, open.rows);
  };
  for (const row of rows) {
    const [file, at, line] = columnsOf(row, 3) as [Buffer, Buffer, Buffer];
    const nameNow = row.subarray(0, file.length + 1 + at.length);
    if (open === undefined || name === undefined || !nameNow.equals(name)) {
      close();
      name = Buffer.from(nameNow);
      const from = Number(at.toString('latin1'));
      open = { file: file.toString('utf8'), at: from, own: begin(file.toString('utf8'), from), rows: 0 };
    } else room.add(newline);
    room.add(line);
    open.rows += 1;
  }
  close();
};

const newline = Buffer.from('\n');

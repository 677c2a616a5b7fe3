import { ByteRoom } from '../parts/byte-room.ts';
import { columnsOf } from './rows.ts';

/** A piece of a file that Spark reads in pieces: it is called by where it begins. */
type Open<T> = { readonly file: string; readonly at: number; readonly own: T; rows: number };

/**
 * Feeds the lines of each piece to what `begin` makes of it, a megabyte at a time, and ends it: the last line comes
 * without its newline. Rows have the file, where the piece begins in it, and the line. `rows`: how many lines it has.
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

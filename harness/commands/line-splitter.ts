import { StringDecoder } from 'node:string_decoder';

const lineMax = 1024 * 1024;

/** Splits chunks into lines without their ends. Of an unfinished line, text beyond 1 MiB is dropped. */
export const lineSplitter = (onLine: (line: string) => void): ((chunk: Buffer) => void) => {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return (chunk) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = (lines.pop() ?? '').slice(0, lineMax);
    for (const line of lines) onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
};

const mark = Buffer.from('base64:');
const [tab, carriageReturn, openBrace] = [0x09, 0x0d, 0x7b];

/**
 * A line of a history as the last column of a row. Spark takes tabs as column ends, carriage returns as row ends, and
 * \N as null, so lines with these are encoded as base64.
 */
export const textOf = (line: Uint8Array): Uint8Array =>
  line[0] === openBrace && !line.includes(tab) && !line.includes(carriageReturn)
    ? line
    : Buffer.concat([mark, Buffer.from(Buffer.from(line).toString('base64'))]);

export const lineOf = (text: Buffer): Buffer =>
  text.subarray(0, mark.length).equals(mark) ? Buffer.from(text.toString('latin1', mark.length), 'base64') : text;

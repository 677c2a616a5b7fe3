/**
 * The identity of a record, inside its payload: run, producer, key and number. It is the first field of a JSON object
 * on the payload's first line, so it is found without knowing what follows.
 */
export type Identity = { readonly run: string; readonly producer: string; readonly key: string; readonly n: number };

const field = '_kinesisOrder';
const opening = Buffer.from(`{"${field}":[`);
const newline = 0x0a;
const headerBytesMax = 64 * 1024;

/** `{"_kinesisOrder":[run,producer,key,n]`, without the closing brace: more fields may follow. */
export const openIdentity = ({ run, producer, key, n }: Identity): string =>
  `{"${field}":[${JSON.stringify(run)},${JSON.stringify(producer)},${JSON.stringify(key)},${n}]`;

/** Returns undefined for a payload without an identity of the harness. Never throws, whatever the bytes. */
export const readIdentity = (data: Uint8Array): Identity | undefined => {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.length < opening.length || bytes.compare(opening, 0, opening.length, 0, opening.length) !== 0)
    return undefined;
  const end = bytes.indexOf(newline);
  const header = end < 0 ? bytes : bytes.subarray(0, end);
  if (header.length > headerBytesMax) return undefined;
  return parse(header.toString('utf8'));
};

const parse = (text: string): Identity | undefined => {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const parts = value[field];
    if (!Array.isArray(parts)) return undefined;
    const [run, producer, key, n]: unknown[] = parts;
    if (typeof run !== 'string' || typeof producer !== 'string' || typeof key !== 'string') return undefined;
    return typeof n === 'number' && Number.isSafeInteger(n) && n >= 0 ? { run, producer, key, n } : undefined;
  } catch {
    return undefined;
  }
};

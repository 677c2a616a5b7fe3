import { enlarged } from '../../lib/enlarged.ts';

/**
 * Encodes columns of integers as bytes: each value as the difference to the one before it, in as few bytes as
 * possible. Runs in Node; `decodeNumbers` runs in the page, too.
 */
export const encodeNumbers = (values: ArrayLike<number>): Uint8Array => {
  let bytes = new Uint8Array(64 + values.length * 2);
  let used = 0;
  let before = 0;
  for (let index = 0; index < values.length; index += 1) {
    if (used + 10 > bytes.length) bytes = enlarged(bytes, bytes.length * 2);
    const value = values[index] ?? 0;
    const step = value - before;
    before = value;
    let left = step >= 0 ? step * 2 : -step * 2 - 1;
    while (left >= 128) {
      bytes[used] = (left % 128) | 128;
      used += 1;
      left = Math.floor(left / 128);
    }
    bytes[used] = left;
    used += 1;
  }
  return bytes.subarray(0, used);
};

export const decodeNumbers = <A extends Int32Array | Float64Array>(bytes: Uint8Array, into: A): A => {
  let at = 0;
  let before = 0;
  for (let index = 0; index < into.length; index += 1) {
    let byte = bytes[at] ?? 0;
    at += 1;
    let left = byte & 127;
    let scale = 128;
    while (byte >= 128) {
      byte = bytes[at] ?? 0;
      at += 1;
      left += (byte & 127) * scale;
      scale *= 128;
    }
    before += left % 2 === 0 ? left / 2 : -(left + 1) / 2;
    into[index] = before;
  }
  return into;
};

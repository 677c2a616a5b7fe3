/**
 * Parses a JSON text with its long numbers as strings, because parsers round integers from 2^53 on. Undefined if it is
 * not JSON.
 */
export const exactly = (text: string): unknown => {
  try {
    return JSON.parse(
      text.replaceAll(
        /("(?:[^"\\]|\\.)*")|(\d{16,})(?![\d.eE])/g,
        (_, quoted?: string, number?: string) => quoted ?? `"${number ?? ''}"`,
      ),
    );
  } catch {
    return undefined;
  }
};

/** The same for a text that may contain a sequence number without quotes. Otherwise returns the parsed value. */
export const exactlyIfLong = (value: unknown, text: string): unknown =>
  /[^"\d.]\d{20}/.test(text) ? (exactly(text) ?? value) : value;

/**
 * True if all values that are numbers are sequence numbers that a program held as floating point: with zeros after 17
 * digits, or with the digits of the floating point. Two numbers may have become one.
 */
export const areRounded = (values: readonly unknown[]): boolean => {
  const numbers = values.filter((value) => typeof value === 'number' || /^\d/.test(String(value)));
  return numbers.length >= 3 && numbers.every(isRounded);
};

export const isRounded = (value: unknown): boolean => {
  if (typeof value === 'number') return value > 2 ** 63;
  if (typeof value !== 'string') return false;
  if (/^\d[.,]?\d*e\+?\d+$/i.test(value)) return true;
  if (!/^\d{30,129}$/.test(value)) return false;
  return /^\d{1,17}0{12,}$/.test(value) || BigInt(Number(value)) === BigInt(value);
};

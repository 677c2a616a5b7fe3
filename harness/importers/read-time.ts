/**
 * A time in a log, in microseconds since 1970: ISO 8601 (also with a space, a comma before the fraction, or no zone:
 * then `otherwise` is the zone), 24.11.2026 10:00:01 and 2026/11/24 10:00:01, or a number since 1970 in seconds,
 * milliseconds, microseconds or nanoseconds, distinguished by size. Undefined for anything else.
 */
export const readTime = (value: unknown, otherwise = 'Z'): number | undefined => {
  if (typeof value === 'number') return ofNumber(value);
  if (typeof value !== 'string') return undefined;
  return ofText(value, otherwise);
};

const ofNumber = (value: number): number | undefined => {
  if (!Number.isFinite(value) || value < 0) return undefined;
  if (value < 1e11) return Math.round(value * 1e6);
  if (value < 1e14) return Math.round(value * 1e3);
  return Math.round(value < 1e17 ? value : value / 1e3);
};

const iso =
  /^(\d{4}[-/]\d{2}[-/]\d{2}|\d{1,2}\.\d{1,2}\.\d{4})[T ](\d{2}:\d{2}):?(\d{2})?(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/;

/** Cache of the current minute, because lines of one minute are adjacent. */
let minute = '';
let zone = '';
let minuteAt = Number.NaN;

const ofText = (text: string, otherwise: string): number | undefined => {
  const fast = ofPlain(text);
  if (fast !== undefined) return fast;
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return ofNumber(Number(trimmed));
  const [, written, hour, second = '0', fraction = '', offset = otherwise] = iso.exec(trimmed) ?? [];
  if (written === undefined || hour === undefined) return undefined;
  const day = dayOf(written);
  if (minute !== `${day}T${hour}` || zone !== offset) {
    [minute, zone] = [`${day}T${hour}`, offset];
    minuteAt = Date.parse(`${minute}:00${zoneText(offset)}`) * 1000;
  }
  return Number.isNaN(minuteAt) ? undefined : minuteAt + Number(second) * 1e6 + micros(fraction);
};

/**
 * `2026-11-24` for `24.11.2026` and `2026/11/24`. Dates with slashes that end with the year are not read, because day
 * and month are ambiguous.
 */
const dayOf = (written: string): string => {
  const [day = '', month = '', year] = written.split('.');
  return year === undefined
    ? written.replaceAll('/', '-')
    : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};

const micros = (fraction: string): number => Number(fraction.slice(0, 6).padEnd(6, '0'));

const zoneText = (offset: string): string => {
  if (!/^[+-]/.test(offset)) return 'Z';
  const digits = offset.replace(':', '').padEnd(5, '0');
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
};

/** Fast path for `2026-11-20T10:00:00.123Z` in the same minute as the time before, as nearly all times are. */
const ofPlain = (text: string): number | undefined => {
  if (text.length !== 24 || zone !== 'Z' || text.charCodeAt(23) !== 90 || !text.startsWith(minute)) return undefined;
  if (text.charCodeAt(16) !== 58 || text.charCodeAt(19) !== 46) return undefined;
  const second = digits(text, 17, 2);
  const milli = digits(text, 20, 3);
  return minuteAt + second * 1e6 + milli * 1e3 || undefined;
};

const digits = (text: string, at: number, count: number): number => {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

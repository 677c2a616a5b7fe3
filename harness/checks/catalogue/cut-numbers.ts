/**
 * Marks around a sequence number until its sentence is complete. They are characters of private use, so that no name
 * in a history looks like them.
 */
const [open, close] = ['\u{e000}', '\u{e001}'];
const marked = new RegExp(`${open}(\\d+)${close}`, 'g');

/** Marks a sequence number in a sentence. It is cut when the other numbers of the sentence are known. */
export const markNumber = (seq: string): string => `${open}${seq}${close}`;

/** So many digits are always shown. A number that is longer by less than `cutMin` is shown whole. */
const shownMin = 12;
const cutMin = 3;
/** How many equal digits are shown before the first that differs. */
const context = 2;

/**
 * Cuts the sequence numbers of a sentence to their last digits, as far as each still shows where it differs from the
 * others, and which of them is larger. What is shown of a number is its end, so that a search for it finds the number.
 */
export const cutNumbers = (sentence: string): string => {
  const numbers = [...new Set([...sentence.matchAll(marked)].map(([, seq = '']) => seq))];
  const shown = Math.max(shownMin, ...numbers.map((seq) => digitsApart(seq, numbers)));
  return sentence.replaceAll(marked, (_, seq: string) =>
    seq.length < shown + cutMin ? seq : `…${seq.slice(seq.length - shown)}`,
  );
};

/** How many digits show where a number differs from all others: of another length it does so as a whole. */
const digitsApart = (seq: string, others: readonly string[]): number =>
  Math.max(0, ...others.filter((other) => other !== seq).map((other) => digitsBehind(seq, other)));

const digitsBehind = (seq: string, other: string): number => {
  if (seq.length !== other.length) return seq.length;
  let same = 0;
  while (seq[same] === other[same]) same += 1;
  return seq.length - Math.max(0, same - context);
};

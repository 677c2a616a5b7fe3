/**
 * Lines of an imported file, one for each record of a page. `4711-4758`: consecutive lines with a record each.
 * `12*100`: one line with 100 records.
 */
export class OwnLines {
  #text = '';
  #first = 0;
  #last = 0;
  #count = 0;

  add(line: number): void {
    const isSame = line === this.#last && (this.#count === 1 || this.#first === this.#last);
    const isNext = line === this.#last + 1 && this.#last - this.#first === this.#count - 1;
    if (this.#count > 0 && (isSame || isNext)) {
      this.#last = line;
      this.#count += 1;
      return;
    }
    this.#text = this.text;
    this.#first = line;
    this.#last = line;
    this.#count = 1;
  }

  get text(): string {
    if (this.#count === 0) return this.#text;
    const before = this.#text === '' ? '' : `${this.#text},`;
    if (this.#count === 1) return `${before}${this.#first}`;
    return `${before}${this.#first}${this.#last > this.#first ? `-${this.#last}` : `*${this.#count}`}`;
  }
}

/** Returns the line of each record. Undefined if the text has another number of lines: records were removed since. */
export const ownLinesOf = (text: unknown, records: number): readonly number[] | undefined => {
  if (typeof text !== 'string' || !/^\d{1,15}(?:[-*]\d{1,15})?(?:,\d{1,15}(?:[-*]\d{1,15})?)*$/.test(text))
    return undefined;
  const lines: number[] = [];
  for (const part of text.split(',')) {
    const [first = 0, second = 1] = part.split(/[-*]/).map(Number);
    const count = part.includes('-') ? second - first + 1 : second;
    if (lines.length + count > records) return undefined;
    const step = part.includes('-') ? 1 : 0;
    for (let index = 0; index < count; index += 1) lines.push(first + index * step);
  }
  return lines.length === records ? lines : undefined;
};

type Page = { readonly records?: readonly unknown[]; readonly lines?: string };

/** Returns the lines of the records that a page keeps, as a field to spread; empty if they are unknown. */
export const linesKept = ({ records = [], lines }: Page, isKept: (item: number) => boolean): { lines?: string } => {
  const all = ownLinesOf(lines, records.length);
  if (all === undefined) return {};
  const kept = new OwnLines();
  for (const [item, line] of all.entries()) if (isKept(item)) kept.add(line);
  return { lines: kept.text };
};

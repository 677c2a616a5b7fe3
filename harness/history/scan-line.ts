import { columnTypes, LineColumns, none } from '../model/line-columns.ts';
import { atEnd, type Layout, Layouts } from './layout.ts';
import { batchWord, fieldNames, fields, isConstant, Met, okWord, singleWord, typeWords } from './line-fields.ts';
import { entryItems, ItemReader, partItems, recordItems, resultItems } from './scan-items.ts';
import { behindSpace, isWord, quote, takeAny, takeFlag, takeSpan, takeText, takeWhole, whole } from './scan-values.ts';

const brace = { open: 0x7b, close: 0x7d } as const;
const comma = 0x2c;
const colon = 0x3a;
const newline = 0x0a;

/** What a layout tells of its lines: their type, and whether they are PutRecords calls. */
type Told = { readonly type: number; readonly isBatch: boolean };

/**
 * Reads the bytes of a line into `line` if it is a put, an answer or a page in its plain form. It leaves all else to
 * JSON.parse: other types, escapes, characters beyond ASCII, mistakes of the recorder, rare fields. Both decoders agree
 * on every line that this one takes.
 */
export class LineScanner {
  readonly line: LineColumns;
  readonly #entries = new ItemReader(entryItems);
  readonly #results = new ItemReader(resultItems);
  readonly #records = new ItemReader(recordItems);
  readonly #parts = new ItemReader(partItems);
  readonly #carriers = new LineColumns();
  /** Layouts by line type. `#next`: by line type, the type that came after it last. */
  readonly #layouts = [new Layouts<Told>(), new Layouts<Told>(), new Layouts<Told>(), new Layouts<Told>()];
  readonly #next: number[] = [columnTypes.put, columnTypes.put, columnTypes.put, columnTypes.put];
  #last: number = columnTypes.none;

  constructor(line: LineColumns) {
    this.line = line;
  }

  /**
   * Reads a line of a known layout. Returns the index of its newline; -1 if no layout fits. `scan` takes any layout,
   * but has to be told where the line ends.
   */
  scanAlike(start: number): number {
    const guess = this.#next[this.#last] as number;
    let end = this.#scanType(guess, start);
    for (let type = 1; end < 0 && type <= 3; type += 1) if (type !== guess) end = this.#scanType(type, start);
    return end;
  }

  #scanType(type: number, start: number): number {
    const layouts = this.#layouts[type] as Layouts<Told>;
    const { known } = layouts;
    for (let tried = 0; tried < known.length; tried += 1) {
      const index = (layouts.last + tried) % known.length;
      const { layout, told } = known[index] as (typeof known)[number];
      const end = this.#takeAs(layout, start);
      if (end < 0 || this.line.source.bytes[end] !== newline || !this.#isCarried(told)) continue;
      layouts.last = index;
      this.#note(told);
      return end;
    }
    return -1;
  }

  #note({ type, isBatch }: Told): void {
    this.line.type = type;
    this.line.isBatch = isBatch;
    this.#next[this.#last] = type;
    this.#last = type;
  }

  /** True if the line from `start` to its newline at `end` has the plain form. Its layout is learned. */
  scan(start: number, end: number): boolean {
    const { source } = this.line;
    const from = behindSpace(source, start);
    const met = this.#learn(from);
    if (met === undefined) return false;
    const layout = met.layout();
    const at = this.#takeAs(layout, from);
    const told = { type: met.type, isBatch: met.isBatch };
    if (at < 0 || behindSpace(source, at) !== end || !this.#isCarried(told)) return false;
    this.#layouts[met.type]?.add(layout, told);
    this.#note(told);
    return true;
  }

  /** Reads a line of this layout. Returns the index behind it; -1: another layout. */
  #takeAs(layout: Layout, start: number): number {
    const { words } = this.line.source;
    let at = start;
    for (let step = 0; ; step += 1) {
      for (let count = layout[step] as number; count > 0; count -= 1, at += 4) {
        step += 1;
        if (words.getInt32(at, true) !== layout[step]) return -1;
      }
      if ((words.getInt32(at, true) & (layout[step + 1] as number)) !== layout[step + 2]) return -1;
      at += layout[step + 3] as number;
      // Columns are cleared only after the first bytes fit: lines of other types already differ there.
      if (step === layout[0]) this.line.clear();
      step += 4;
      const field = layout[step] as number;
      if (field === atEnd) return at;
      at = this.#takeValue(field, at);
      if (at < 0) return -1;
    }
  }

  /** Learns how the line is written, field by field. Returns undefined if it is not in the plain form. */
  #learn(start: number): Met | undefined {
    const { source } = this.line;
    const { bytes } = source;
    const met = new Met(bytes, start);
    let at = start;
    if (bytes[at] !== brace.open) return undefined;
    for (;;) {
      const name = behindSpace(source, at + 1);
      at = bytes[name] === quote ? takeText(source, name + 1) : -1;
      if (at < 0) return undefined;
      const known = fieldNames.findIndex((word) => isWord(source, name + 1, at - 1, word));
      at = behindSpace(source, at);
      if (bytes[at] !== colon || (known >= 0 && !met.isNew(known))) return undefined;
      at = behindSpace(source, at + 1);
      if (isConstant(known)) at = this.#takeConstant(known, at, met);
      else {
        met.value(known < 0 ? fields.skipped : known, at);
        at = this.#takeValue(known < 0 ? fields.skipped : known, at);
        met.before = at;
      }
      if (at < 0) return undefined;
      at = behindSpace(source, at);
      if (bytes[at] === comma) continue;
      met.end = at + 1;
      return bytes[at] === brace.close && met.isWhole() ? met : undefined;
    }
  }

  #takeValue(field: number, at: number): number {
    const { line } = this;
    const { source } = line;
    let end = -1;
    switch (field) {
      case fields.t:
        end = takeWhole(source, at);
        line.t = whole[0] as number;
        return end;
      case fields.t0:
        end = takeWhole(source, at);
        line.t0 = whole[0] as number;
        return end;
      case fields.op:
        end = takeWhole(source, at);
        line.op = whole[0] as number;
        return end;
      case fields.chain:
        end = takeWhole(source, at);
        line.chain = whole[0] as number;
        return end;
      case fields.behind:
        end = takeWhole(source, at);
        line.behind = whole[0] as number;
        return end;
      case fields.more:
        end = takeFlag(source, at);
        line.more = whole[0] === 1 ? 1 : 2;
        return end;
      case fields.retryOf:
        end = takeWhole(source, at);
        line.retryOf = whole[0] as number;
        return end;
      case fields.attempts:
        end = takeWhole(source, at);
        line.attempts = whole[0] as number;
        return end;
      case fields.due:
        end = takeWhole(source, at);
        line.due = whole[0] as number;
        return end;
      case fields.producer:
        return takeSpan(source, at, line.producer);
      case fields.reader:
        return takeSpan(source, at, line.reader);
      case fields.shard:
        return takeSpan(source, at, line.shard);
      case fields.entries:
        return this.#entries.takeAll(line, at);
      case fields.results:
        return this.#results.takeAll(line, at);
      case fields.records:
        return this.#records.takeAll(line, at);
      case fields.parts:
        return this.#takeParts(at);
      case fields.skipped:
        return takeAny(source, at);
      default:
        // role, from, error, children, worker, lane: not the plain form.
        return -1;
    }
  }

  /** Notes where the list of parts is, and how long it is. The list itself stays text. */
  #takeParts(at: number): number {
    const { line } = this;
    this.#carriers.source = line.source;
    const end = this.#parts.takeAll(this.#carriers, at);
    line.parts.start = at;
    line.parts.end = end;
    line.partCount = this.#carriers.count;
    return end;
  }

  /**
   * True if the call has every part that its entries name. A PutRecord with parts is left to JSON.parse: it has
   * several user records, and columns do not tell it from a PutRecords call.
   */
  #isCarried({ type, isBatch }: Told): boolean {
    const { subMax, parts, partCount } = this.line;
    if (type !== columnTypes.put) return true;
    const isFit = subMax < partCount || subMax < 0;
    return isFit && (parts.start === none || isBatch);
  }

  /** Reads a word that is the same in all lines of a layout: it stays among the bytes between the values. */
  #takeConstant(field: number, at: number, met: Met): number {
    const { source } = this.line;
    if (source.bytes[at] !== quote) return -1;
    const end = takeText(source, at + 1);
    const is = (word: Uint8Array): boolean => end >= 0 && isWord(source, at + 1, end - 1, word);
    if (field === fields.type) {
      met.type = typeWords.findIndex(is) + 1;
      return met.type > 0 ? end : -1;
    }
    if (field === fields.outcome) return is(okWord) ? end : -1;
    met.isBatch = is(batchWord);
    return met.isBatch || is(singleWord) ? end : -1;
  }
}

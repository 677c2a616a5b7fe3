import { parsed } from './parsed.ts';
import { pythonLiteral } from './python-literal.ts';
import type { Tally } from './tally.ts';
import type { Lines } from './text-lines.ts';

/** What precedes a value in its line: the groups of --prefix, or the time at the beginning of the line. */
export type Before = Readonly<Record<string, string>>;

export type JsonValueOptions = {
  /** Stripped from the beginning of each line. Its groups are named like fields. */
  readonly prefix: RegExp | undefined;
  readonly tally: Tally;
  /** `text`: the source text of the value. */
  readonly onValue: (value: unknown, line: number, before: Before | undefined, text: string) => void;
};

/** A longer value is taken as unclosed: a Lambda event has at most 6 MB, plus indentation. */
const valueCharsMax = 32 * 1024 * 1024;

/**
 * Finds JSON values in any lines: one value per line, several concatenated, one across many lines, or after a logger's
 * prefix. Python's output for a dict works too. A value that is cut off is counted as broken, and the next one is still
 * found.
 */
export class JsonValues {
  readonly #options: JsonValueOptions;
  #open: OpenValue | undefined;

  constructor(options: JsonValueOptions) {
    this.#options = options;
  }

  /** True if a value continues in the next line. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  take({ first, lines }: Lines): void {
    const { tally, prefix, onValue } = this.#options;
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index] as string;
      if (this.#open === undefined && prefix === undefined && line.charCodeAt(0) === openBrace) {
        const value = parsed(line);
        if (value !== undefined) {
          tally.tried += 1;
          onValue(value, first + index, undefined, line);
          continue;
        }
      }
      this.#other(line, first + index);
    }
  }

  finish(): void {
    this.#abandon('its JSON never ends');
  }

  #other(whole: string, line: number): void {
    const text = unquoted(whole.trim());
    if (text === '') return;
    this.#options.tally.tried += 1;
    const { rest, before } = this.#withoutPrefix(text);
    const isNew = before !== undefined || whole.charCodeAt(0) === openBrace || isWhole(rest);
    if (this.#open !== undefined && isNew) this.#abandon('its JSON is cut off');
    if (this.#open !== undefined) return this.#goOn(this.#open, rest, line);
    const value = isOpening(rest) ? parsed(rest) : undefined;
    if (value === undefined) this.#search(rest, 0, line, before);
    else this.#options.onValue(value, line, before, rest);
  }

  #withoutPrefix(text: string): { readonly rest: string; readonly before: Before | undefined } {
    const { prefix } = this.#options;
    const match = prefix?.exec(text);
    if (match?.index !== 0) return { rest: text, before: timeBefore(text) };
    return { rest: text.slice(match[0].length).trimStart(), before: { ...timeBefore(text), ...match.groups } };
  }

  /** Reads the next values, from `at` on. */
  #search(text: string, at: number, line: number, before: Before | undefined): void {
    let start = text.indexOf('{', at);
    if (start < 0) {
      if (at === 0 && !/^[[\],]+$/.test(text)) this.#options.tally.other += 1;
      return;
    }
    let found = 0;
    while (start >= 0) {
      const open = new OpenValue(line, before);
      const end = open.scan(text, start);
      if (end < 0) {
        this.#open = open;
        return;
      }
      if (this.#close(open)) found += 1;
      start = text.indexOf('{', end);
    }
    if (found === 0 && at === 0) this.#options.tally.other += 1;
  }

  #goOn(open: OpenValue, text: string, line: number): void {
    const end = open.scan(`\n${text}`, 0);
    if (end < 0) {
      if (open.length > valueCharsMax) this.#abandon('its JSON is longer than 32 MiB');
      return;
    }
    this.#open = undefined;
    if (!this.#close(open)) this.#options.tally.noteBroken(open.line, 'the text in its braces is not JSON');
    if (end <= text.length) this.#search(text, end - 1, line, open.before);
  }

  /** False if the text in the braces is not JSON. */
  #close(open: OpenValue): boolean {
    const text = open.text();
    const value = parsed(text) ?? pythonLiteral(text);
    if (value === undefined) return false;
    this.#options.onValue(value, open.line, open.before, text);
    return true;
  }

  #abandon(why: string): void {
    const open = this.#open;
    this.#open = undefined;
    if (open !== undefined) this.#options.tally.noteBroken(open.line, why);
  }
}

const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const quote = 34;
const apostrophe = 39;
const backslash = 92;

/** A value from its first brace on. Braces inside strings do not count; a string in single quotes is Python's. */
class OpenValue {
  readonly line: number;
  readonly before: Before | undefined;
  readonly #parts: string[] = [];
  #depth = 0;
  #inside = 0;
  #isPython = false;
  length = 0;

  constructor(line: number, before: Before | undefined) {
    this.line = line;
    this.before = before;
  }

  text(): string {
    return this.#parts.join('');
  }

  /** The end of the value in this piece, or -1. */
  scan(text: string, start: number): number {
    if (this.length === 0) this.#isPython = text.charCodeAt(start + 1) === apostrophe;
    const end = this.#end(text, start);
    const part = text.slice(start, end < 0 ? text.length : end);
    this.#parts.push(part);
    this.length += part.length;
    return end;
  }

  #end(text: string, start: number): number {
    for (let at = start; at < text.length; at += 1) {
      const char = text.charCodeAt(at);
      if (this.#inside !== 0) {
        if (char === backslash) at += 1;
        else if (char === this.#inside) this.#inside = 0;
      } else if (char === quote || (char === apostrophe && this.#isPython)) this.#inside = char;
      else if (char === openBrace) this.#depth += 1;
      else if (char === closeBrace) {
        this.#depth -= 1;
        if (this.#depth === 0) return at + 1;
      }
    }
    return -1;
  }
}

/** Undoes doubled quotes, which Logs Insights writes around JSON in a table. */
const unquoted = (text: string): string => (/"\{\s*""|"[^"]*\{""/.test(text) ? text.replaceAll('""', '"') : text);

const isOpening = (text: string): boolean => text.charCodeAt(0) === openBrace || text.charCodeAt(0) === openBracket;

/** True if the line has a complete value, so that it does not continue the value of the line before. */
const isWhole = (text: string): boolean => {
  const start = text.indexOf('{');
  if (start < 0 || !text.endsWith('}') || /[:[,]\s*$/.test(text.slice(0, start))) return false;
  const value = parsed(text.slice(start));
  return value !== undefined && Object.keys(value).length > 0;
};

/** CloudWatch and most loggers begin a line with the time. */
const timeBefore = (text: string): Before | undefined => {
  const [time] = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?/.exec(text) ?? [];
  return time === undefined ? undefined : { time };
};

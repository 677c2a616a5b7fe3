import type { Trace } from '../../trace/trace.ts';
import type { ScriptHistory, ScriptIndex, TraceInfo } from '../data.ts';
import { unpack } from '../unpack.ts';

const textIn = (id: string): string | undefined => document.getElementById(id)?.textContent ?? undefined;

export const loadIndex = (): ScriptIndex => JSON.parse(textIn('index') ?? '{"items":[]}') as ScriptIndex;

const histories = new Map<string, ScriptHistory>();

export const loadHistory = (id: string): ScriptHistory | undefined => {
  const known = histories.get(id);
  if (known !== undefined) return known;
  const text = textIn(`data-${id}`);
  if (text === undefined) return undefined;
  const history = JSON.parse(text) as ScriptHistory;
  histories.set(id, history);
  return history;
};

const traces = new Map<string, Promise<Trace>>();

/** The records of a history. They are unpacked once; a million of them take a moment. */
export const loadTrace = (info: TraceInfo): Promise<Trace> => {
  const known = traces.get(info.element);
  if (known !== undefined) return known;
  const made = arrived().then(() => read(info));
  traces.set(info.element, made);
  return made;
};

/** Resolves when the page is complete: the records are at the end of the file, after the code. */
const arrived = (): Promise<void> =>
  document.readyState === 'loading'
    ? new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }))
    : Promise.resolve();

const read = async ({ element, header }: TraceInfo): Promise<Trace> => {
  const text = textIn(element);
  if (text === undefined) throw new Error('the records are not in this file');
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return unpack(header, new Uint8Array(await new Response(stream).arrayBuffer()));
};

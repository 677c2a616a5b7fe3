import { visible } from '../../lib/visible.ts';
import type { Finding } from '../../model/verdict.ts';

/** The complete state of the page. It is the fragment (`#`) of its address. */
export type PageState = {
  /** The scenario that is shown, and the run if several have its name. */
  readonly scenario?: string;
  readonly run?: string;
  /** The finding: its claim, and its number there, from 1. */
  readonly claim?: string;
  readonly finding?: number;
  readonly key?: string;
  /** The record of the key that the lane shows. */
  readonly n?: number;
  readonly line?: number;
  /** The stretch that the map shows: two times in microseconds. */
  readonly t?: readonly [number, number];
  /** The filters of the list: state, claim, key, tag, words. */
  readonly s?: string;
  readonly c?: string;
  readonly k?: string;
  readonly tag?: string;
  readonly q?: string;
  readonly theme?: 'light' | 'dark';
};

const texts = ['scenario', 'run', 'claim', 'key', 's', 'c', 'k', 'tag', 'q', 'theme'] as const;
const numbers = ['finding', 'n', 'line'] as const;

/** The state as `#scenario=…&claim=…`; empty if no field is set. */
export const formatFragment = (state: PageState): string => {
  const parts = new URLSearchParams();
  for (const name of [
    'run',
    'scenario',
    'claim',
    'finding',
    'key',
    'n',
    'line',
    't',
    's',
    'c',
    'k',
    'tag',
    'q',
    'theme',
  ] as const) {
    const value = state[name];
    if (value === undefined || value === '') continue;
    parts.set(name, typeof value === 'object' ? value.map((one) => Math.round(one)).join('-') : String(value));
  }
  const text = parts.toString().replaceAll('+', '%20');
  return text === '' ? '' : `#${text}`;
};

/** Never throws: fields and values that it does not know are ignored. */
export const parseFragment = (fragment: string): PageState => {
  const parts = new URLSearchParams(fragment.replace(/^#/, '').replaceAll('+', '%2B'));
  const state: Record<string, unknown> = {};
  for (const name of texts) {
    const value = parts.get(name);
    if (value !== null && value !== '') state[name] = value;
  }
  for (const name of numbers) {
    const value = parts.get(name);
    if (value !== null && /^\d{1,15}$/.test(value)) state[name] = Number(value);
  }
  if (state['theme'] !== 'light' && state['theme'] !== 'dark') delete state['theme'];
  const [, from, to] = /^(\d{1,15})-(\d{1,15})$/.exec(parts.get('t') ?? '') ?? [];
  if (from !== undefined && to !== undefined && Number(from) < Number(to)) state['t'] = [Number(from), Number(to)];
  return state as PageState;
};

/**
 * The fragment of a finding. Terminals, JUnit and annotations append it to the path of `report.html`. `run` is given
 * if the report may hold several runs.
 */
export const fragmentOfFinding = (
  scenario: string,
  finding: Pick<Finding, 'anomaly'>,
  findings: readonly Pick<Finding, 'anomaly'>[],
  run?: string,
): string => {
  const number = findings.filter(({ anomaly }) => anomaly === finding.anomaly).indexOf(finding) + 1;
  return formatFragment({
    scenario: visible(scenario),
    claim: finding.anomaly,
    ...(number > 1 ? { finding: number } : {}),
    ...(run === undefined ? {} : { run }),
  });
};

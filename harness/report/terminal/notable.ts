import { headroomSentence, shareOf } from '../../headroom/sentence.ts';
import { several } from '../../lib/several.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { detectionSentence } from '../detection-words.ts';
import { shardName } from '../naming.ts';
import { powerOfAll } from '../power-words.ts';
import type { Reported } from '../reporter.ts';
import { untestedSentence } from '../untested-words.ts';
import { type Alike, alike, type Said } from './alike.ts';
import { hang } from './hang.ts';
import { colorsOf, type TerminalStyle } from './style.ts';

/** At most this many notes are printed; the rest is counted. */
const notesMax = 10;
/** Above this share of a shard's limit, the headroom gets a line. */
const headroomMin = 0.5;
const namesMax = 2;

/**
 * Notes on all scenarios, each printed once: allowed findings, deviations, notes, power, and little headroom. With
 * `verbose` only detection power, because each scenario has printed its own notes.
 */
export const renderNotable = (reported: readonly Reported[], style: TerminalStyle): string => {
  if (style.detail === 'quiet') return '';
  const colors = colorsOf(style);
  const notes = style.detail === 'verbose' ? detectionNotes(reported) : notesOf(reported, style);
  if (notes.length === 0) return '';
  const shown = notes.slice(0, notesMax);
  const lines = shown.flatMap(({ text, isWarning }) =>
    hang(`  ${isWarning ? colors.yellow('!') : colors.dim('·')} `, isWarning ? colors.yellow(text) : text, style.width),
  );
  const more = notes.length - shown.length;
  if (more > 0) lines.push(colors.dim(`    and ${more} more: --verbose`));
  return `\n${lines.join('\n')}\n`;
};

type Note = { readonly text: string; readonly isWarning?: boolean };

const notesOf = (reported: readonly Reported[], style: TerminalStyle): readonly Note[] => {
  const histories = reported.flatMap(({ history, run }) => (history === undefined ? [] : [{ history, run }]));
  const noted = reported.flatMap(({ run }) => (run.notes ?? []).map((text) => ({ scenario: run.scenario, text })));
  const aloud = histories.flatMap(({ history, run }) =>
    history.aloud.filter((text) => !isAskedFor(text)).map((text) => ({ scenario: run.scenario, text })),
  );
  const isOne = reported.length === 1;
  const inScenarios = (all: readonly Said[], isWarning: boolean): readonly Note[] =>
    alike(all).map((one) => ({ text: isOne ? one.text : withNames(one), isWarning }));
  const detection = detectionSentence(histories.map(({ history }) => history));
  const power = powerOfAll(histories.map(({ history }) => history));
  const untested = untestedSentence(histories.map(({ history }) => history));
  return [
    ...inScenarios(noted, true),
    ...inScenarios(aloud.filter(isLeftOut), true),
    ...headroomNotes(histories, style),
    ...inScenarios(
      aloud.filter((said) => !isLeftOut(said)),
      false,
    ),
    ...(power === undefined ? [] : [{ text: power }]),
    ...(detection === undefined ? [] : [{ text: detection }]),
    ...(untested === undefined ? [] : [{ text: untested }]),
  ];
};

/** Detection power of each history. A run measures it after it has printed the scenarios. */
const detectionNotes = (reported: readonly Reported[]): readonly Note[] =>
  reported.flatMap(({ history, run }) => {
    const text = history === undefined ? undefined : detectionSentence([history]);
    return text === undefined ? [] : [{ text: reported.length === 1 ? text : `${run.scenario}: ${text}` }];
  });

/** True for notes on findings that the scenario had to find and did. They are not printed. */
const isAskedFor = (text: string): boolean => / was to be found, and was \(/.test(text);

/** True for lines of an import that nobody judged. They are never among the notes that are only counted. */
const isLeftOut = ({ text }: Said): boolean => text.startsWith('the import left out ');

const withNames = ({ text, scenarios }: Alike): string =>
  scenarios.length <= namesMax
    ? `${scenarios.join(', ')}: ${text}`
    : `${several(scenarios.length, 'scenario')}: ${text}`;

type Ended = { readonly history: HistoryVerdict; readonly run: { readonly scenario: string } };

const headroomNotes = (histories: readonly Ended[], { isHeadroomAsked = false }: TerminalStyle): readonly Note[] =>
  histories.flatMap(({ history: { headroom }, run: { scenario } }) => {
    if (headroom === undefined) return [];
    const name = histories.length === 1 ? '' : `${scenario}: `;
    const isOver = headroom.throttledCalls + headroom.refusedCalls > 0;
    if (isOver || isHeadroomAsked) return [{ text: `${name}${headroomSentence(headroom)}`, isWarning: isOver }];
    const [hottest] = headroom.shards;
    const share = Math.max(hottest?.records.share ?? 0, hottest?.bytes.share ?? 0);
    if (hottest === undefined || share <= headroomMin) return [];
    return [{ text: `${name}${shareOf(share)} of what ${shardName(hottest.shard)} takes in a second` }];
  });

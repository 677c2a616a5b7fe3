import { wilson } from '../lib/wilson.ts';
import type { Detection, DetectionOfKind } from '../model/detection.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import { numberOf } from './naming.ts';

/**
 * How likely a mistake would have been found, in one sentence. Undefined if detection was neither measured nor
 * skipped.
 */
export const detectionSentence = (histories: readonly HistoryVerdict[]): string | undefined => {
  const all = histories.flatMap(({ detection }) => detection ?? []);
  const measured = all.flatMap((one) => ('skipped' in one ? [] : [one]));
  const [skipped] = all.flatMap((one) => ('skipped' in one ? [one.skipped] : []));
  if (measured.length === 0) return skipped === undefined ? undefined : `detection power not measured: ${skipped}`;
  const records = measured.reduce((sum, one) => sum + one.records, 0);
  const groups = groupsOf(pooled(measured));
  if (groups.length === 0) return undefined;
  const [first, ...more] = groups.map(groupWords);
  const left = all.length - measured.length;
  return [
    `detection power: had one of ${numberOf(records)} records been ${first}`,
    ...more,
    ...blindWords(measured, isResharded(histories)),
    ...(left === 0 ? [] : [`${left} not measured: --power`]),
  ].join('; ');
};

/** The counts of all histories, added up for each kind. */
const pooled = (all: readonly Detection[]): readonly DetectionOfKind[] => {
  const byKind = new Map<string, DetectionOfKind>();
  for (const one of all.flatMap(({ kinds }) => kinds)) {
    const known = byKind.get(one.kind);
    byKind.set(one.kind, known === undefined ? one : sumOf(known, one));
  }
  return [...byKind.values()];
};

const sumOf = (one: DetectionOfKind, other: DetectionOfKind): DetectionOfKind => {
  const [tried, detected] = [one.tried + other.tried, one.detected + other.detected];
  const counts = { places: one.places + other.places, tried, detected, allowed: one.allowed + other.allowed };
  return { ...one, ...counts, interval: wilson(detected, tried) };
};

/** `seen`: the share that a claim found, detected or allowed. */
type Group = { readonly kinds: readonly DetectionOfKind[]; readonly share: string; readonly seen: string };

/** Kinds with the same shares are named together. */
const groupsOf = (kinds: readonly DetectionOfKind[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const kind of kinds) {
    if (kind.tried === 0) continue;
    const share = shareWords(kind);
    const seen = shareWords({ detected: kind.detected + kind.allowed, tried: kind.tried });
    const name = `${share}/${seen}`;
    groups.set(name, { kinds: [...(groups.get(name)?.kinds ?? []), kind], share, seen });
  }
  return [...groups.values()];
};

/** A mistake that is seen and allowed is not missed: the sentence says both shares. */
const groupWords = ({ kinds, share, seen }: Group): string => {
  const words = kinds.map((kind) => kind.words);
  const least = kinds.toSorted((a, b) => a.tried - b.tried)[0];
  const tried = kinds.length === 1 ? `${least?.tried} tried` : `${least?.tried} or more tried of each`;
  const low = Math.min(...kinds.map(({ interval }) => interval[0]));
  const high = Math.max(...kinds.map(({ interval }) => interval[1]));
  const isAllowed = kinds.some(({ allowed }) => allowed > 0);
  const detected = isAllowed ? `seen in ${seen}, a broken promise in ${share}` : `detected in ${share}`;
  const rest = isAllowed ? '; the rest of what was seen is allowed' : '';
  return `${listed(words)}: ${detected} (95 % interval ${rounded(low)} to ${percent(high)}, ${tried}${rest})`;
};

/** `blind: …`, with what all histories are blind to. Leaves out reshards unless `hasReshard`. */
const blindWords = (all: readonly Detection[], hasReshard: boolean): readonly string[] => {
  const [first, ...more] = all;
  const shared = (first?.blind ?? []).filter(
    (words) => more.every(({ blind }) => blind.includes(words)) && (hasReshard || !words.includes('(no reshard)')),
  );
  return shared.length === 0 ? [] : [`blind: ${shared.join(', ')}`];
};

/** False if the line "not tested" names the reshard in all histories, so that it is not repeated. */
const isResharded = (histories: readonly HistoryVerdict[]): boolean =>
  histories.some(({ untested }) => untested?.includes('reshard') !== true);

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** `97 %`, or `-` if none was tried. 100 % only if each mistake was detected: a share that rounds up to 100 is 99. */
export const shareWords = ({ detected, tried }: Pick<DetectionOfKind, 'detected' | 'tried'>): string => {
  if (tried === 0) return '-';
  const share = Math.round((detected / tried) * 100);
  return `${detected < tried ? Math.min(share, 99) : share} %`;
};

const rounded = (share: number): number => Math.round(share * 100);
const percent = (share: number): string => `${rounded(share)} %`;

export const intervalWords = ({ interval: [low, high], tried }: DetectionOfKind): string =>
  tried === 0 ? '-' : `${rounded(low)} to ${percent(high)}`;

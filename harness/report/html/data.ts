import type { Detection, NoDetection } from '../../model/detection.ts';
import type { Headroom } from '../../model/headroom.ts';
import type { Blame, ClaimVerdict, Expect, Finding } from '../../model/verdict.ts';
import type { LineWords } from '../story/line-words.ts';
import type { Picture } from '../story/picture.ts';
import type { Series } from '../trace/activity.ts';
import type { Note, Phase } from '../trace/bands.ts';
import type { Reshard, ShardSpan } from '../trace/spans.ts';
import type { Subject } from '../trace/subjects.ts';
import type { PackedHeader } from './packed.ts';

/** What stands in the page, as JSON in elements that are not run. Texts of others are already made visible. */
export type PageIndex = {
  readonly version: string;
  readonly madeAt: string;
  readonly items: readonly IndexItem[];
  readonly catalogue: Readonly<Record<string, CatalogueEntry>>;
  /** What the file does not hold, one sentence each. */
  readonly leftOut: readonly string[];
};

export type CatalogueEntry = {
  readonly summary: string;
  readonly source: string;
  readonly example: string;
  readonly causes: readonly string[];
  readonly todo: readonly string[];
};

/** `failed`: the run or the judging could not be done; `skipped`: the target lacks what it needs. */
export type ItemState = 'violated' | 'unknown' | 'holds' | 'failed' | 'skipped';
/** `asked`: broken, and nothing forbids it. `none`: nothing to say. */
export type OrderState = 'kept' | 'broken' | 'asked' | 'unknown' | 'none';

/** What the list knows of a scenario, so that it can be filtered without opening it. */
export type IndexItem = {
  /** Unique in the page. */
  readonly id: string;
  /** What links name. */
  readonly scenario: string;
  /** What a person reads: the name of a file without its folder. */
  readonly title: string;
  readonly run: string;
  readonly state: ItemState;
  readonly order: OrderState;
  readonly violated: number;
  readonly tags: readonly string[];
  readonly target: string;
  /** Claims with findings, and keys that findings are about. */
  readonly claims: readonly string[];
  readonly keys: readonly string[];
};

export type Answer = { readonly word: string; readonly detail: string };

export type PageHistory = {
  readonly id: string;
  readonly scenario: string;
  readonly title: string;
  readonly why: string | null;
  readonly path: string;
  readonly run: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly tags: readonly string[];
  readonly state: ItemState;
  readonly orderState: OrderState;
  readonly order: Answer;
  readonly promises: Answer;
  readonly counts: readonly (readonly [value: string, name: string])[];
  readonly replay: string | null;
  /** What no claim speaks of: errors, notes, what is said aloud, why it is unknown. */
  readonly notices: readonly Notice[];
  readonly findings: readonly PageFinding[];
  readonly claims: readonly PageClaim[];
  readonly figures: readonly Figure[];
  readonly headroom: Headroom | null;
  readonly detection: Detection | NoDetection | null;
  readonly drawing: Drawing | null;
  /** What of this history is not in the page. */
  readonly leftOut: readonly string[];
};

/** What the script knows of a history: the rest of it is there as HTML. */
export type ScriptHistory = Pick<PageHistory, 'id' | 'title' | 'run' | 'drawing'> & {
  readonly findings: readonly Pick<PageFinding, 'anomaly' | 'number' | 'key'>[];
};

/** What the script knows of the whole page. */
export type ScriptIndex = Pick<PageIndex, 'items'>;

export type Notice = { readonly kind: 'error' | 'unknown' | 'note' | 'allowed'; readonly text: string };

export type PageClaim = {
  readonly anomaly: string;
  readonly expect: Expect;
  readonly verdict: ClaimVerdict;
  readonly found: number;
  readonly allowed: number;
  readonly why: string;
};

export type PageFinding = {
  readonly anomaly: string;
  /** Which of the findings of its claim it is, from 1. */
  readonly number: number;
  readonly of: number;
  readonly kind: string | null;
  readonly expect: Expect;
  readonly why: string;
  readonly blame: Blame;
  readonly key: string | null;
  readonly producer: string | null;
  readonly shards: readonly string[];
  readonly sentence: string;
  readonly evidence: Finding['evidence'];
  readonly witness: readonly number[];
  readonly near: readonly string[];
  readonly explainedBy: string | null;
  readonly witnessFile: string | null;
  readonly picture: Picture | null;
  readonly lines: readonly LineWords[];
};

export type Figure = {
  readonly name: string;
  readonly value: string;
  readonly detail: string;
  readonly share: number | null;
};

/** Everything that the map, the lanes and the charts are drawn from. */
export type Drawing = {
  /** The last time of the history, microseconds. */
  readonly end: number;
  /** From the first call or reshard to the last answer: what the map shows at first. */
  readonly span: readonly [from: number, to: number];
  readonly shards: readonly ShardSpan[];
  readonly reshards: readonly Reshard[];
  readonly bands: readonly Band[];
  readonly phases: readonly Phase[];
  readonly notes: readonly Note[];
  readonly marks: readonly MapMark[];
  readonly density: Density;
  readonly series: Series;
  readonly latency: readonly [p50: number | null, p95: number | null, max: number | null];
  readonly subjects: readonly Subject[];
  readonly roles: Readonly<Record<string, string>>;
  readonly records: number;
  readonly calls: number;
  readonly deliveries: number;
  readonly keys: number;
  /** Keys whose lines are named on the map: those of findings, then those with the most records. */
  readonly named: readonly string[];
  readonly trace: TraceInfo | null;
  /** What the keyboard goes through, and what is said of it. */
  readonly stops: readonly Stop[];
};

export type Band = {
  readonly kind: 'fault';
  readonly name: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
};

/** A finding on the map. `to`: where its record was stored or delivered, if that is elsewhere. */
export type MapMark = {
  readonly finding: number;
  readonly form: 'late' | 'lost' | 'wrong-shard' | 'closed' | 'reading' | 'topology';
  readonly t: number;
  /** From 0 to 1 of the hash space; two ends where it is about a range. */
  readonly y: readonly [number, number];
  readonly label: string;
  readonly isViolation: boolean;
  /** The record that was refused, or whose outcome was unknown, before: joined to the mark. */
  readonly refused: { readonly t: number; readonly label: string } | null;
  /** The shard that stored it, where the key does not lead there. */
  readonly place: number | null;
};

/** Acknowledged records by time and hash key: one byte a bin, the root of the share of the fullest one. */
export type Density = {
  readonly width: number;
  readonly bins: number;
  readonly rows: number;
  readonly most: number;
  /** Base64; empty where every record is drawn. */
  readonly cells: string;
};

export type TraceInfo = {
  readonly element: string;
  readonly header: PackedHeader;
  /** False: only the records of keys that findings are about. */
  readonly isWhole: boolean;
  readonly hasSeqs: boolean;
};

/** Something on the map that the keyboard can stand on. */
export type Stop = {
  readonly from: number;
  readonly to: number;
  readonly y: readonly [number, number];
  readonly words: string;
  readonly finding?: number;
};

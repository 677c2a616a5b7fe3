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

/**
 * The data of the page. It is JSON in script elements that are not run. Control characters in users' texts are already
 * made visible.
 */
export type PageIndex = {
  readonly version: string;
  readonly madeAt: string;
  readonly items: readonly IndexItem[];
  readonly catalogue: Readonly<Record<string, CatalogueEntry>>;
  /** What the file leaves out, one sentence each. */
  readonly leftOut: readonly string[];
};

export type CatalogueEntry = {
  readonly summary: string;
  readonly source: string;
  readonly example: string;
  readonly causes: readonly string[];
  readonly todo: readonly string[];
};

/** `failed`: the run or the judging failed; `skipped`: the target lacks a capability. */
export type ItemState = 'violated' | 'unknown' | 'holds' | 'failed' | 'skipped';
/** `asked`: the order is broken, and nothing forbids that. `none`: there is no answer about the order. */
export type OrderState = 'kept' | 'broken' | 'asked' | 'unknown' | 'none';

/** The fields of a scenario in the list. The list is filtered by them without opening the scenario. */
export type IndexItem = {
  /** Unique in the page. */
  readonly id: string;
  /** The name in links. */
  readonly scenario: string;
  /** The displayed name: the name of the file without its folder. */
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
  /** What no claim covers: errors, notes, notices, and why it is unknown. */
  readonly notices: readonly Notice[];
  readonly findings: readonly PageFinding[];
  readonly claims: readonly PageClaim[];
  readonly figures: readonly Figure[];
  readonly headroom: Headroom | null;
  readonly detection: Detection | NoDetection | null;
  readonly drawing: Drawing | null;
  /** What the page leaves out of this history, one sentence each. */
  readonly leftOut: readonly string[];
};

/** The fields of a history that the script needs. All others are in the page as HTML. */
export type ScriptHistory = Pick<PageHistory, 'id' | 'title' | 'run' | 'drawing'> & {
  readonly findings: readonly Pick<PageFinding, 'anomaly' | 'number' | 'key'>[];
};

/** The fields of the page that the script needs. */
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
  /** The number of the finding in its claim, from 1. */
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

/** The data of the map, the lanes and the charts. */
export type Drawing = {
  /** The last time of the history, microseconds. */
  readonly end: number;
  /** The first view of the map: from the first call or reshard to the last answer, with some room on both sides. */
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
  /** The caption of the map: how many shards, keys and records. */
  readonly counts: string;
  /** Keys with named lines on the map: those of findings, then those with the most records. */
  readonly named: readonly string[];
  readonly trace: TraceInfo | null;
  /** The stops of the keyboard, and their descriptions. */
  readonly stops: readonly Stop[];
};

export type Band = {
  readonly kind: 'fault';
  readonly name: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
};

/** A finding on the map. */
export type MapMark = {
  readonly finding: number;
  readonly form: 'late' | 'lost' | 'wrong-shard' | 'closed' | 'reading' | 'topology';
  readonly t: number;
  /** Shares of the hash space, from 0 to 1. Both are equal for a single key. */
  readonly y: readonly [number, number];
  readonly label: string;
  readonly isViolation: boolean;
  /** An earlier attempt of the record that was refused or has an unknown outcome. A line joins it to this mark. */
  readonly refused: { readonly t: number; readonly label: string } | null;
  /** The middle of the shard that stored the record, as a share of the hash space. Null if the key leads there. */
  readonly place: number | null;
};

/**
 * Acknowledged records by time and hash key. One byte for each bin: 255 times the square root of its share of the
 * fullest bin.
 */
export type Density = {
  readonly width: number;
  readonly bins: number;
  readonly rows: number;
  readonly most: number;
  /** Base64; empty if every record is drawn. */
  readonly cells: string;
};

export type TraceInfo = {
  readonly element: string;
  readonly header: PackedHeader;
  /** False if it has only the records of keys that findings are about. */
  readonly isWhole: boolean;
  readonly hasSeqs: boolean;
};

/** A stop of the keyboard on the map. */
export type Stop = {
  readonly from: number;
  readonly to: number;
  readonly y: readonly [number, number];
  readonly words: string;
  readonly finding?: number;
};

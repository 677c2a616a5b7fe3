/**
 * A picture of what happened to some records, before it is drawn: which marks stand on which track and in which
 * column, and what joins them.
 */
export type RecordPicture = {
  readonly kind: 'records';
  readonly title: string;
  readonly subtitle: string;
  /** Which claim, who is to blame, and the lines: so that a saved picture needs nothing else. */
  readonly foot: string;
  readonly records: readonly PictureRecord[];
  readonly columns: number;
  readonly tracks: readonly Track[];
  readonly links: readonly Link[];
  readonly folds: readonly Fold[];
  readonly cuts: readonly Cut[];
  /** Pairs of records that change places: all of them, also those in a fold. */
  readonly crossings: number;
  /** What the letters before numbers stand for, where records of several keys are drawn. */
  readonly letters: readonly (readonly [letter: string, name: string])[];
  /** More records of the key stand before the first or behind the last column. */
  readonly goesOn: readonly [before: boolean, behind: boolean];
};

export type Role = 'late' | 'other' | 'neighbour';

export type PictureRecord = {
  /** What stands in its marks. */
  readonly label: string;
  readonly name: string;
  readonly role: Role;
  /** What became of it, one clause a step. */
  readonly story: readonly string[];
  readonly shard: string | null;
  readonly seq: string | null;
};

/** The last three: what an application under test said. */
export type SaidTrack = 'done' | 'checkpoint' | 'gave up';
export type TrackKind = 'sent' | 'acknowledged' | 'stored' | 'delivered' | SaidTrack;
export const isSaidTrack = (kind: TrackKind): kind is SaidTrack =>
  kind === 'done' || kind === 'checkpoint' || kind === 'gave up';
export type Track = {
  readonly kind: TrackKind;
  readonly title: string;
  readonly subtitle: string;
  readonly marks: readonly Mark[];
  readonly brackets: readonly Bracket[];
  /** Columns before which a reader began anew. */
  readonly breaks: readonly number[];
};

export type Form =
  | 'sent'
  | 'again'
  | 'acknowledged'
  | 'refused'
  | 'unknown'
  | 'stored'
  | 'copy'
  | 'unread'
  | 'delivered'
  | 'redelivered'
  | 'done'
  | 'redone'
  | 'checkpoint'
  | 'discarded'
  | 'missing';

export type Mark = {
  readonly record: number;
  readonly column: number;
  /** Retries are stacked under the first sending: 0 is that one. */
  readonly row: number;
  readonly form: Form;
  /** 0: no line tells of it. */
  readonly line: number;
  /** What its shape does not say. */
  readonly note: string | null;
};

/** What belongs to one call, answer, shard or page. */
export type Bracket = {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly text: string;
  readonly isWitness: boolean;
  /** Of the application, where one is told. */
  readonly worker: string | null;
};

/** Joins two marks: [track, mark]. `moved`: they do not stand in one column. */
export type Link = {
  readonly record: number;
  readonly from: readonly [track: number, mark: number];
  readonly to: readonly [track: number, mark: number];
  readonly kind: 'moved' | 'straight' | 'named' | 'refused';
  /** What hit it on its way. */
  readonly fault: { readonly name: string; readonly line: number } | null;
};

/** So many records that kept their order are not drawn here. */
export type Fold = { readonly column: number; readonly count: number };
/** Something that happened between two columns, to all tracks. */
export type Cut = { readonly column: number; readonly text: string; readonly line: number };

/** What a list of shards says of the hash space, and where it does not fit. */
export type TopologyPicture = {
  readonly kind: 'topology';
  readonly title: string;
  readonly subtitle: string;
  readonly foot: string;
  readonly columns: readonly TopologyColumn[];
  readonly faults: readonly TopologyFault[];
};

export type TopologyColumn = {
  readonly title: string;
  readonly line: number;
  readonly shards: readonly {
    readonly name: string;
    /** From 0 to 1. */
    readonly parts: readonly [number, number];
    readonly isNamed: boolean;
    readonly state: 'open' | 'closed';
    readonly words: string;
  }[];
};

export type TopologyFault = {
  readonly column: number;
  readonly parts: readonly [number, number];
  readonly form: 'hole' | 'overlap' | 'wrong';
  readonly words: string;
};

export type Picture = RecordPicture | TopologyPicture;

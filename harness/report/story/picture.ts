/**
 * A picture of what happened to some records, before it is drawn: the marks of each track, their columns, and the
 * links between them.
 */
export type RecordPicture = {
  readonly kind: 'records';
  readonly title: string;
  readonly subtitle: string;
  /** The claim, who is to blame, and the lines, so that a saved picture is complete. */
  readonly foot: string;
  readonly records: readonly PictureRecord[];
  readonly columns: number;
  readonly tracks: readonly Track[];
  readonly links: readonly Link[];
  readonly folds: readonly Fold[];
  readonly cuts: readonly Cut[];
  /** Pairs of records that change places, those in a fold included. */
  readonly crossings: number;
  /** The meaning of the letters before numbers, if records of several keys are drawn. */
  readonly letters: readonly (readonly [letter: string, name: string])[];
  /** There are more records of the key before the first or after the last column. */
  readonly goesOn: readonly [before: boolean, behind: boolean];
};

export type Role = 'late' | 'other' | 'neighbour';

export type PictureRecord = {
  /** The label in its marks. */
  readonly label: string;
  readonly name: string;
  readonly role: Role;
  /** What happened to it, one clause for each step. */
  readonly story: readonly string[];
  readonly shard: string | null;
  readonly seq: string | null;
};

/** Tracks of reports of a consumer under test. */
export type ReportTrack = 'done' | 'checkpoint' | 'gave up';
export type TrackKind = 'sent' | 'acknowledged' | 'stored' | 'delivered' | ReportTrack;
export const isReportTrack = (kind: TrackKind): kind is ReportTrack =>
  kind === 'done' || kind === 'checkpoint' || kind === 'gave up';
export type Track = {
  readonly kind: TrackKind;
  readonly title: string;
  readonly subtitle: string;
  readonly marks: readonly Mark[];
  readonly brackets: readonly Bracket[];
  /** Columns before which a reader began again. */
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
  /** 0 for the first sending; retries are stacked below it. */
  readonly row: number;
  readonly form: Form;
  /** 0 if it has no line. */
  readonly line: number;
  /** A label for what its shape does not show. */
  readonly note: string | null;
};

/** Marks that belong to one call, answer, shard or page. */
export type Bracket = {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly text: string;
  readonly isWitness: boolean;
  /** The worker of an application, if it is known. */
  readonly worker: string | null;
};

/** Joins two marks: [track, mark]. `moved`: they are in different columns. */
export type Link = {
  readonly record: number;
  readonly from: readonly [track: number, mark: number];
  readonly to: readonly [track: number, mark: number];
  readonly kind: 'moved' | 'straight' | 'named' | 'refused';
  /** The fault that changed the call on its way. */
  readonly fault: { readonly name: string; readonly line: number } | null;
};

/** A column that stands for `count` records that kept their order and are not drawn. */
export type Fold = { readonly column: number; readonly count: number };
/** Something that happened between two columns, to all tracks. */
export type Cut = { readonly column: number; readonly text: string; readonly line: number };

/** The hash space according to a list of shards, and where it is wrong. */
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

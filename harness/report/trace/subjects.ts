import type { PageEvent, ReaderEvent, SubjectEvent } from '../../model/event.ts';

/** A time in which one worker received records of a shard, and no other worker did. */
export type Stretch = {
  readonly shard: string;
  readonly worker: string;
  from: number;
  to: number;
  readonly firstLine: number;
  lastLine: number;
  records: number;
};

export type SubjectMark = {
  readonly event: string;
  readonly shard: string;
  readonly worker: string;
  readonly t: number;
  readonly line: number;
  readonly seq: string | null;
  readonly words: string | null;
};

export type Subject = {
  readonly group: string;
  readonly readers: string[];
  readonly stretches: Stretch[];
  readonly marks: SubjectMark[];
  /** The number of `done` events, which have no marks. */
  done: number;
  /** The number of marks and stretches beyond the limit. */
  left: number;
};

/** One report of an application, for pictures of findings. */
export type SubjectReport = {
  readonly reader: string;
  readonly group: string;
  readonly worker: string;
  readonly event: string;
  readonly shard: string;
  readonly seq: string | null;
  readonly sub: number | null;
  readonly t: number;
  readonly line: number;
  readonly words: string | null;
};

const keptMax = 4000;
const reportsMax = 50_000;
type Grouped = ReaderEvent & { readonly group?: string; readonly of?: string };
type Worked = PageEvent & { readonly worker?: string };

/** Folds which worker of an application read which shard, and what it reported. */
export class SubjectsFold {
  readonly groups = new Map<string, Subject>();
  readonly all: SubjectReport[] = [];
  readonly #groupOf = new Map<string, string>();
  readonly #newest = new Map<string, Stretch>();

  reader({ reader, role, group = reader }: Grouped): void {
    if (role !== 'subject') return;
    this.#groupOf.set(reader, group);
    const known = this.groups.get(group);
    if (known !== undefined) known.readers.push(reader);
    else this.groups.set(group, { group, readers: [reader], stretches: [], marks: [], done: 0, left: 0 });
  }

  isSubject(reader: string): boolean {
    return this.#groupOf.has(reader);
  }

  page(page: Worked, line: number): void {
    const subject = this.#subjectOf(page.reader);
    const records = page.records?.length ?? 0;
    if (subject === undefined || records === 0) return;
    const { shard, t, worker = page.reader } = page;
    const place = `${subject.group}\n${shard}`;
    const newest = this.#newest.get(place);
    if (newest !== undefined && newest.worker === worker) {
      newest.to = t;
      newest.lastLine = line;
      newest.records += records;
    } else if (subject.stretches.length >= keptMax) subject.left += 1;
    else {
      const stretch = { shard, worker, from: t, to: t, firstLine: line, lastLine: line, records };
      this.#newest.set(place, stretch);
      subject.stretches.push(stretch);
    }
  }

  /** Takes a report. `isAsked`: a finding names its line, so it is kept whatever the limit. */
  said(event: SubjectEvent, line: number, isAsked = false): void {
    const subject = this.#subjectOf(event.reader);
    if (subject === undefined) return;
    if (isAsked || this.all.length < reportsMax) this.#keep(event, line, subject.group);
    if (event.event === 'done') subject.done += 1;
    else if (subject.marks.length >= keptMax) subject.left += 1;
    else {
      const { t, shard = '', worker = event.reader, seq = null } = event;
      const words = event.at === undefined ? (event.to ?? event.message ?? null) : String(event.at);
      subject.marks.push({ event: event.event, shard, worker, t, line, seq, words });
    }
  }

  #keep({ seq, sub, to, message, ...event }: SubjectEvent, line: number, group: string): void {
    const { reader, worker = reader, shard = '', t } = event;
    const words = to ?? message ?? null;
    this.all.push({
      reader,
      group,
      worker,
      event: event.event,
      shard,
      seq: seq ?? null,
      sub: sub ?? null,
      t,
      line,
      words,
    });
  }

  groupOf(reader: string): string | undefined {
    return this.#groupOf.get(reader);
  }

  #subjectOf(reader: string): Subject | undefined {
    const group = this.#groupOf.get(reader);
    return group === undefined ? undefined : this.groups.get(group);
  }
}

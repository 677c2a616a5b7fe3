import type { Finding, HistoryVerdict } from '../../model/verdict.ts';
import { numberOf } from '../naming.ts';
import type { Reported } from '../reporter.ts';
import { findingPicture, type Source } from '../story/finding-picture.ts';
import { type LineContext, type LineWords, lineWords } from '../story/line-words.ts';
import { makeSource } from '../story/make-source.ts';
import { finishTrace } from '../trace/finish-trace.ts';
import { inLineage } from '../trace/topology.ts';
import { TraceFold } from '../trace/trace-fold.ts';
import { wantedBy } from '../trace/wanted.ts';
import { orderOf, promisesOf } from './answers.ts';
import { countsOf } from './counts-strip.ts';
import type { IndexItem, PageFinding, PageHistory } from './data.ts';
import { drawingOf } from './drawing-data.ts';
import { factsOf } from './facts.ts';
import { figuresOf } from './figures.ts';
import { nearWords, noticesOf } from './notices.ts';
import { type Packed, pack } from './pack.ts';
import type { ReportSources } from './sources.ts';

/** A history in the page. Its records are separate: they are large, and the page unpacks them on demand. */
export type HistoryData = { readonly item: IndexItem; readonly page: PageHistory; readonly packed: Packed | undefined };

/** If more records were sent or read, only those that findings are about are kept one by one. */
const recordsMax = 5_000_000;
/** The most pictures of one history; violations come first. */
const picturesMax = 200;

export const historyData = async (reported: Reported, id: string, sources: ReportSources): Promise<HistoryData> => {
  const { history } = reported;
  if (history === undefined) return { ...withoutHistory(reported, id), packed: undefined };
  const findings = violationsFirst(history.findings);
  const folded = await foldOf(history, findings, sources);
  const fold = typeof folded === 'string' ? undefined : folded;
  const trace = fold === undefined ? undefined : finishTrace(fold.draft, inLineage(fold.topology.spans));
  const source =
    fold === undefined || trace === undefined
      ? undefined
      : makeSource(fold, trace, findings, {
          title: titleOf(reported),
          target: reported.run.target,
          path: history.path,
          summaryOf: (anomaly) => sources.catalogue[anomaly]?.summary,
        });
  const isWhole = recordsOf(history) <= recordsMax;
  const packed =
    trace === undefined || trace.entries.flow.length + trace.deliveries.place.length === 0 ? undefined : pack(trace);
  const shown = findings.map((finding, index) =>
    findingOf(history, finding, findings, index < picturesMax ? source : undefined, fold),
  );
  const { state: orderState, answer: order } = orderOf(history);
  const leftOut = [
    ...(typeof folded === 'string' ? [folded] : []),
    ...(isWhole
      ? []
      : [
          `${numberOf(recordsOf(history))} records are counted and not drawn one by one; those of the keys that findings are about are: kinesis-order show ${history.path} --key KEY tells of the others`,
        ]),
    ...(findings.length > picturesMax && source !== undefined
      ? [`${findings.length - picturesMax} findings have no picture here`]
      : []),
    ...history.claims.flatMap(({ anomaly, found }) => {
      const listed = findings.filter((finding) => finding.anomaly === anomaly).length;
      return found > listed && listed > 0 ? [`${anomaly}: ${listed} of ${numberOf(found)} findings are listed`] : [];
    }),
  ];
  const item = itemOf(reported, history, id, orderState);
  const page: PageHistory = {
    id,
    scenario: reported.run.scenario,
    title: titleOf(reported),
    why: reported.run.why ?? textIn(fold?.head?.scenario?.['why']),
    path: history.path,
    run: history.run,
    facts: factsOf(reported, fold?.head),
    tags: reported.run.tags ?? [],
    state: item.state,
    orderState,
    order,
    promises: promisesOf(history),
    counts: countsOf(history, fold, trace),
    replay: reported.run.replay ?? null,
    notices: noticesOf(reported),
    findings: shown,
    claims: history.claims.map(({ source: _, ...claim }) => claim),
    figures: figuresOf(history, fold),
    headroom: history.headroom ?? null,
    detection: history.detection ?? null,
    drawing:
      fold === undefined || source === undefined
        ? null
        : drawingOf({ fold, source, findings, shown, packed, isWhole, id }),
    leftOut,
  };
  return { item, page, packed };
};

/** Forbidden and unexplained findings first; each group in the order of the verdict. */
const violationsFirst = (findings: readonly Finding[]): readonly Finding[] => {
  const rank = ({ expect, explainedBy }: Finding): number =>
    (explainedBy === null ? 0 : 8) + { forbid: 0, find: 1, allow: 2, report: 3, ignore: 4 }[expect];
  return findings
    .map((finding, index) => ({ finding, index }))
    .toSorted((a, b) => rank(a.finding) - rank(b.finding) || a.index - b.index)
    .map(({ finding }) => finding);
};

const recordsOf = ({ counts }: HistoryVerdict): number =>
  Math.max(counts.acked + counts.failed + counts.info, counts.read);

/** The folded history, or a sentence that says why there is nothing to draw. */
const foldOf = async (
  history: HistoryVerdict,
  findings: readonly Finding[],
  { read }: ReportSources,
): Promise<TraceFold | string> => {
  if (history.path === '-')
    return 'the history came from standard input, which is read once: witness and map need a file';
  const wanted = wantedBy(findings);
  const fold = new TraceFold(wanted.lines, recordsOf(history) > recordsMax ? wanted : undefined);
  try {
    await read(history.path, (event, line) => fold.take(event, line), {
      onHot: (hot, line) => fold.takeHot(hot, line),
      asEvents: wanted.lines,
    });
    return fold;
  } catch (thrown) {
    return `the history could not be read again: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
};

const findingOf = (
  history: HistoryVerdict,
  finding: Finding,
  all: readonly Finding[],
  source: Source | undefined,
  fold: TraceFold | undefined,
): PageFinding => {
  const same = all.filter(({ anomaly }) => anomaly === finding.anomaly);
  const claim = history.claims.find(({ anomaly }) => anomaly === finding.anomaly);
  const { anomaly, kind, expect, blame, key, producer, shards, sentence, evidence, witness, explainedBy } = finding;
  return {
    anomaly,
    number: same.indexOf(finding) + 1,
    of: claim?.found ?? same.length,
    kind,
    expect,
    why: claim?.why ?? '',
    blame,
    key,
    producer,
    shards,
    sentence,
    evidence,
    witness,
    near: nearWords(finding, fold),
    explainedBy,
    witnessFile: history.witnesses?.find((file) => file.anomaly === anomaly)?.path ?? null,
    picture: source === undefined ? null : (findingPicture(source, finding) ?? null),
    lines: fold === undefined ? [] : linesOf(finding, fold),
  };
};

const linesOf = (finding: Finding, { head, lines }: TraceFold): readonly LineWords[] => {
  const asked = [...new Set([...finding.witness, ...finding.near.faults])].sort((a, b) => a - b);
  const context: LineContext = {
    key: finding.key,
    files: head?.import?.files,
    putOf: (op) => {
      for (const event of lines.values()) if (event.type === 'put' && event.op === op) return event;
      return undefined;
    },
  };
  return asked.flatMap((line) => {
    const event = lines.get(line);
    const words = event === undefined ? undefined : lineWords(event, line, context);
    return words === undefined ? [] : [words];
  });
};

/** The name of the scenario; of a path only its last part, without `.ndjson` and `.gz`. */
const titleOf = ({ run }: Reported): string =>
  run.scenario.replace(/^.*[/\\]/, '').replace(/\.ndjson(\.gz)?$/, '') || run.scenario;

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const itemOf = (reported: Reported, history: HistoryVerdict, id: string, order: IndexItem['order']): IndexItem => ({
  id,
  scenario: reported.run.scenario,
  title: titleOf(reported),
  run: history.run,
  state: reported.run.error === undefined ? history.verdict : 'failed',
  order,
  violated: history.claims.filter(({ verdict }) => verdict === 'violated').length,
  tags: reported.run.tags ?? [],
  target: reported.run.target ?? '',
  claims: history.claims
    .filter(({ found, verdict }) => found > 0 || verdict === 'violated')
    .map(({ anomaly }) => anomaly),
  keys: [...new Set(history.findings.flatMap(({ key }) => (key === null ? [] : [key])))].slice(0, 50),
});

/** The page of a scenario that was skipped or never judged: it says why. */
const withoutHistory = ({ run }: Reported, id: string): Pick<HistoryData, 'item' | 'page'> => {
  const { scenario, skipped, interrupted, error, unjudged, tags = [], target = '' } = run;
  const state = skipped === undefined ? 'failed' : 'skipped';
  const why = skipped ?? unjudged ?? interrupted ?? error ?? 'it was not run';
  const word = skipped !== undefined ? 'Skipped' : unjudged !== undefined ? 'Invalid history' : 'Run failed';
  const title = titleOf({ history: undefined, run });
  const item: IndexItem = {
    id,
    scenario,
    title,
    run: '',
    state,
    order: 'none',
    violated: 0,
    tags,
    target,
    claims: [],
    keys: [],
  };
  const page: PageHistory = {
    id,
    scenario,
    title,
    why: run.why ?? null,
    path: unjudged === undefined ? '' : scenario,
    run: '',
    facts: factsOf({ history: undefined, run }, undefined),
    tags,
    state,
    orderState: 'none',
    order: { word: 'Unknown', detail: 'there is no history to read it from' },
    promises: { word, detail: why },
    counts: [],
    replay: run.replay ?? null,
    notices: noticesOf({ history: undefined, run }),
    findings: [],
    claims: [],
    figures: [],
    headroom: null,
    detection: null,
    drawing: null,
    leftOut: [],
  };
  return { item, page };
};

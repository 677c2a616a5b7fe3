import { shardName, timeOf } from '../naming.ts';
import type { Drawing, PageFinding, Stop } from './data.ts';

/** The stops of the keyboard on the map: shards, reshards, faults, phases and findings, by time. */
export const stopsOf = (findings: readonly PageFinding[], drawing: Omit<Drawing, 'stops'>): readonly Stop[] =>
  [...shardStops(drawing), ...bandStops(drawing), ...findingStops(findings, drawing)].toSorted(
    (x, y) => x.from - y.from,
  );

type Drawn = Omit<Drawing, 'stops'>;

const shardStops = ({ shards, end }: Drawn): readonly Stop[] =>
  shards.map(({ shard, opened, closed, parts, parents }) => {
    const from = parents.length === 0 ? '' : `, from ${parents.map(shardName).join(' and ')}`;
    const until =
      closed === null
        ? 'open to the end'
        : `shown closed ${timeOf(closed.t)}, by ${closed.by === 'reshard' ? 'the end of the reshard' : 'the list'} on line ${closed.line}`;
    return {
      from: opened.t,
      to: closed?.t ?? end,
      y: parts,
      words: `${shardName(shard)}${from}: first listed on line ${opened.line}, hash keys ${percent(parts[0])} to ${percent(parts[1])}, ${until}`,
    };
  });

const bandStops = ({ reshards, bands, phases, end }: Drawn): readonly Stop[] => [
  ...reshards.map(
    ({ action, shards, from, to, outcome }): Stop => ({
      from: from.t,
      to: to?.t ?? end,
      y: [0, 1],
      words: `${action} of ${shards.map(shardName).join(' and ') || 'the stream'}: asked ${timeOf(from.t)}, line ${from.line}; ${to === null ? 'its end was never told' : `${outcome === 'ok' ? 'done' : (outcome ?? '')} ${timeOf(to.t)}, line ${to.line}`}`,
    }),
  ),
  ...bands.map(
    ({ name, line, from, to }): Stop => ({
      from,
      to,
      y: [0, 1],
      words: `fault ${name}, line ${line}: ${timeOf(from)} to ${timeOf(to)}`,
    }),
  ),
  ...phases.map(
    ({ phase, t, line }): Stop => ({
      from: t,
      to: t,
      y: [0, 1],
      words: `phase ${phase} begins ${timeOf(t)}, line ${line}`,
    }),
  ),
];

const findingStops = (findings: readonly PageFinding[], { marks }: Drawn): readonly Stop[] =>
  marks.map(({ finding, t, y, isViolation }): Stop => {
    const { anomaly = '', sentence = '' } = findings[finding] ?? {};
    return {
      from: t,
      to: t,
      y: [y[0] - 0.01, y[1] + 0.01],
      finding,
      words: `${isViolation ? 'violation' : 'finding'} ${anomaly}: ${sentence}`,
    };
  });

const percent = (part: number): string => `${Number((part * 100).toFixed(1))} %`;

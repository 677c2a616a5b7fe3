import { html, nothing, type TemplateResult } from 'lit-html';
import uPlot from 'uplot';
import { numberOf, timeOf } from '../../naming.ts';
import type { Drawing } from '../data.ts';

/** Latencies and rates over time, as charts with the same numbers as a table. */
export const chartsView = ({ series, end }: Drawing, id: string): TemplateResult | typeof nothing => {
  if (series.sent.length === 0 && series.read.length === 0) return nothing;
  const step = timeOf(series.width);
  return html`<section class="charts">
    <div class="section-head"><h2>Rates and latencies</h2><p>${series.sent.length} points, ${step} each, over ${timeOf(end)}. Percentiles are told to within an eighth.</p></div>
    <figure role="figure" aria-label="Records a second" aria-details=${`series-table-${id}`}><p class="chart-title">Records a second</p><div class="chart" data-chart="rate"></div></figure>
    ${series.p50.some((value) => value !== null) ? html`<figure role="figure" aria-label="How long answers took" aria-details=${`series-table-${id}`}><p class="chart-title">How long answers took</p><div class="chart" data-chart="latency"></div></figure>` : nothing}
  </section>`;
};

let drawn: { readonly name: string; readonly plots: readonly uPlot[] } | undefined;

/** Draws the charts into their elements, once for each history, width and theme. */
export const drawCharts = (id: string, drawing: Drawing): void => {
  const place = (name: string): HTMLElement | null =>
    document.querySelector(`.slot-charts[data-id="${id}"] [data-chart="${name}"]`);
  const rate = place('rate');
  if (rate === null) return;
  const width = Math.floor(rate.getBoundingClientRect().width);
  const scheme =
    getComputedStyle(document.documentElement).colorScheme +
    document.documentElement.dataset['theme'] +
    matchMedia('(prefers-color-scheme: dark)').matches;
  const name = `${id} ${width} ${scheme}`;
  if (drawn?.name === name && rate.childElementCount > 0) return;
  for (const plot of drawn?.plots ?? []) plot.destroy();
  const latency = place('latency');
  const plots = [chart(rate, drawing, width, rateSeries(drawing))];
  if (latency !== null) plots.push(chart(latency, drawing, width, latencySeries(drawing)));
  drawn = { name, plots };
};

type Line = {
  readonly label: string;
  readonly color: string;
  readonly values: readonly (number | null)[];
  readonly dash?: readonly number[];
  readonly words: (value: number) => string;
};

const perSecond = (value: number): string => `${numberOf(Math.round(value))}/s`;

const rateSeries = ({ series }: Drawing): readonly Line[] => [
  { label: 'sent', color: '--mark', values: series.sent, dash: [4, 3], words: perSecond },
  { label: 'acknowledged', color: '--ink', values: series.acked, words: perSecond },
  ...(series.refused.some((value) => value > 0)
    ? [{ label: 'refused', color: '--red', values: series.refused, words: perSecond }]
    : []),
  ...(series.unknown.some((value) => value > 0)
    ? [{ label: 'outcome unknown', color: '--amber', values: series.unknown, words: perSecond }]
    : []),
  { label: 'read', color: '--blue', values: series.read, words: perSecond },
];

const latencySeries = ({ series }: Drawing): readonly Line[] => [
  { label: 'p50', color: '--ink', values: series.p50, words: timeOf },
  { label: 'p95', color: '--mark', values: series.p95, dash: [6, 3], words: timeOf },
  { label: 'max', color: '--amber', values: series.max, dash: [2, 3], words: timeOf },
];

const chart = (
  place: HTMLElement,
  { series, bands, reshards, end }: Drawing,
  width: number,
  lines: readonly Line[],
): uPlot => {
  place.replaceChildren();
  const style = getComputedStyle(document.documentElement);
  const color = (name: string): string => resolved(style.getPropertyValue(name).trim());
  const times = series.sent.map((_, point) => ((point + 0.5) * series.width) / 1e6);
  const axis = {
    stroke: color('--ink-3'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { stroke: color('--line-2'), width: 1 },
    font: '11px system-ui, sans-serif',
  };
  return new uPlot(
    {
      width,
      height: 150,
      cursor: { drag: { x: true, y: false }, points: { size: 6 } },
      scales: { x: { time: false } },
      legend: { live: true },
      axes: [
        { ...axis, values: (_, values) => values.map((value) => timeOf(value * 1e6)), space: 70 },
        { ...axis, size: 64, values: (_, values) => values.map((value) => lines[0]?.words(value) ?? '') },
      ],
      series: [
        { label: 'time', value: (_, value) => (value === null ? '' : timeOf(value * 1e6)) },
        ...lines.map(({ label, color: name, dash, words }) => ({
          label,
          stroke: color(name),
          width: 1.75,
          spanGaps: false,
          points: { show: times.length < 60, size: 4, fill: color('--ground') },
          value: (_: uPlot, value: number | null) => (value === null ? '' : words(value)),
          ...(dash === undefined ? {} : { dash: [...dash] }),
        })),
      ],
      hooks: {
        drawClear: [
          (plot) => {
            const { ctx, bbox } = plot;
            const shade = (from: number, to: number, fill: string): void => {
              const [x0, x1] = [plot.valToPos(from / 1e6, 'x', true), plot.valToPos(to / 1e6, 'x', true)];
              const [low, high] = [Math.max(bbox.left, x0), Math.min(bbox.left + bbox.width, Math.max(x1, x0 + 2))];
              if (high <= low) return;
              ctx.fillStyle = fill;
              ctx.fillRect(low, bbox.top, high - low, bbox.height);
            };
            for (const { from, to } of reshards) shade(from.t, to?.t ?? end, color('--band'));
            for (const { from, to } of bands) shade(from, to, color('--amber-ground'));
          },
        ],
      },
    },
    [times, ...lines.map(({ values }) => [...values])],
    place,
  );
};

/** Lets the browser compute a colour, because a canvas does not know `light-dark()`. */
const resolved = (value: string): string => {
  const probe = document.createElement('i');
  probe.style.color = value;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

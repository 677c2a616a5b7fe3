import type { Trace } from '../../trace/trace.ts';
import type { Drawing } from '../data.ts';
import type { MapSheet } from '../layout/map-layout.ts';
import { binsOf } from '../layout/ticks.ts';

/**
 * Draws the density of acknowledged records below the map. Uses the bins in the file for the whole map, and counts
 * again for a part of it.
 */
export const drawBins = (
  canvas: HTMLCanvasElement,
  drawing: Drawing,
  sheet: MapSheet,
  trace: Trace | undefined,
  isWhole: boolean,
): void => {
  const box = canvas.getBoundingClientRect();
  const ratio = Math.min(3, devicePixelRatio || 1);
  const [width, height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
  const context = canvas.getContext('2d');
  if (context === null || width === 0) return;
  canvas.width = width;
  canvas.height = height;
  const { scale } = sheet;
  const grow = width / sheet.width;
  const color = getComputedStyle(canvas).color;
  const paint = (t0: number, t1: number, low: number, high: number, strength: number): void => {
    const [x0, x1] = [Math.max(scale.left, scale.x(t0)), Math.min(scale.right, scale.x(t1))];
    if (x1 <= x0) return;
    context.globalAlpha = 0.12 + 0.78 * strength;
    context.fillStyle = color;
    const [y0, y1] = [scale.y(low), scale.y(high)];
    context.fillRect(x0 * grow, y0 * grow, Math.max(1, (x1 - x0) * grow), Math.max(1, (y1 - y0) * grow));
  };
  const { density } = drawing;
  if (isWhole || trace === undefined) {
    const cells = atob(density.cells);
    for (let bin = 0; bin < density.bins; bin += 1)
      for (let row = 0; row < density.rows; row += 1) {
        const strength = cells.charCodeAt(bin * density.rows + row);
        if (strength > 0)
          paint(
            bin * density.width,
            (bin + 1) * density.width,
            row / density.rows,
            (row + 1) / density.rows,
            strength / 255,
          );
      }
    return;
  }
  const [bins, rows] = [420, 128];
  const { counts, most } = binsOf(trace, scale.view, bins, rows);
  const step = (scale.view[1] - scale.view[0]) / bins;
  for (let bin = 0; bin < bins; bin += 1)
    for (let row = 0; row < rows; row += 1) {
      const count = counts[bin * rows + row] ?? 0;
      if (count > 0)
        paint(
          scale.view[0] + bin * step,
          scale.view[0] + (bin + 1) * step,
          row / rows,
          (row + 1) / rows,
          Math.sqrt(count / most),
        );
    }
};

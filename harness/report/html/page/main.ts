import 'uplot/dist/uPlot.min.css';
import './page.css';
import { App } from './app.ts';
import { loadIndex } from './load.ts';

const root = document.getElementById('app');
if (root !== null) {
  new App(loadIndex(), root).draw();
  document.getElementById('plain')?.remove();
}

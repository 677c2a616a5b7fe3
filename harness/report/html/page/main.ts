import 'uplot/dist/uPlot.min.css';
import './page.css';
import { App } from './app.ts';
import { loadIndex } from './load.ts';

document.documentElement.classList.add('js');
const index = loadIndex();
if (index.items.length > 0) new App(index).draw();

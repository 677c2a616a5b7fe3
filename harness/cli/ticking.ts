import type { Console } from './console.ts';

const tickMs = 200;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Shows progress until the returned function is called. Its timer does not keep the process alive. */
export const ticking = ({ live, clear }: Pick<Console, 'live' | 'clear'>, text: () => string): (() => void) => {
  let frame = 0;
  const tick = (): void => {
    live(`${frames[frame % frames.length]} ${text()}`);
    frame += 1;
  };
  tick();
  const timer = setInterval(tick, tickMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    clear();
  };
};

/** Shows a step that takes a while: `starting localstack, 12 s`. Returns the result of the work. */
export const whileWaiting = async <T>(
  words: Console,
  what: string,
  now: () => number,
  work: Promise<T>,
): Promise<T> => {
  const begun = now();
  const stop = ticking(words, () => `${what}, ${Math.round((now() - begun) / 1e6)} s`);
  try {
    return await work;
  } finally {
    stop();
  }
};

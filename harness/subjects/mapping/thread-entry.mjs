// Runs one Lambda handler in a thread of its own: loads the module, then answers one event at a time. An exit or a
// crash ends only this thread.
import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { file, name, timeoutMs } = workerData;
const say = (message) => parentPort.postMessage(message);

// Output goes through the channel of the answers, so that output before an answer arrives before it.
for (const stream of [process.stdout, process.stderr])
  stream.write = (chunk, encoding, done) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    say({ printed: text, isError: stream === process.stderr });
    const then = typeof encoding === 'function' ? encoding : done;
    if (then !== undefined) queueMicrotask(() => then());
    return true;
  };

const wordsOf = (thrown) =>
  thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `a value was thrown: ${JSON.stringify(thrown) ?? thrown}`;

class Unusable extends Error {}

const load = async () => {
  if (!existsSync(file)) throw new Unusable('there is no such file');
  const url = pathToFileURL(file).href;
  const isTyped = ['.ts', '.mts', '.cts', '.tsx'].includes(extname(file));
  const module = isTyped ? await (await import('tsx/esm/api')).tsImport(url, import.meta.url) : await import(url);
  const levels = [module, module.default].filter((level) => typeof level === 'object' && level !== null);
  const handler = levels.map((level) => level[name]).find((found) => typeof found === 'function');
  if (handler === undefined) {
    const names = [...new Set(levels.flatMap((level) => Object.keys(level)))].filter((key) => key !== 'default');
    throw new Unusable(`it exports no function ${name}; it exports ${names.join(', ') || 'nothing'}`);
  }
  return handler;
};

/** The context that Lambda passes beside the event, as far as handlers commonly use it. */
const contextOf = (id) => {
  const until = Date.now() + timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${process.env.AWS_REGION}:123456789012:function:${process.env.AWS_LAMBDA_FUNCTION_NAME}`,
    memoryLimitInMB: '128',
    awsRequestId: id,
    logGroupName: `/aws/lambda/${process.env.AWS_LAMBDA_FUNCTION_NAME}`,
    logStreamName: 'kinesis-order',
    getRemainingTimeInMillis: () => Math.max(0, until - Date.now()),
  };
};

/** A handler answers by its return value, by a promise, or by the callback that is its third parameter. */
const call = (handler, event, id) =>
  new Promise((resolve, reject) => {
    const callback = (error, answer) => (error === null || error === undefined ? resolve(answer) : reject(error));
    const returned = handler(event, contextOf(id), callback);
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
    // If the handler takes the callback, its return value is ignored.
    else if (handler.length < 3) resolve(returned);
  });

let handler;
try {
  handler = await load();
  say({ ready: true });
} catch (thrown) {
  say({ unusable: thrown instanceof Unusable ? thrown.message : wordsOf(thrown) });
}

const answer = async ({ id, event }) => {
  try {
    const answered = await call(handler, event, id);
    // The answer is sent as text, because Lambda serialises it: a value that cannot be serialised is an error of the
    // function.
    say({ id, answer: JSON.stringify(answered) });
  } catch (thrown) {
    say({ id, error: wordsOf(thrown) });
  }
};
parentPort.on('message', (message) => void answer(message));

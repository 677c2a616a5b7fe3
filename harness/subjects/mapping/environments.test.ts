import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import type { Environment, EnvironmentTools } from './environment.ts';
import type { HandlerLine } from './handler-line.ts';
import { lambdaRecord } from './lambda-event.ts';
import { environmentPool } from './pool.ts';
import { processEnvironment } from './process.ts';
import { threadEnvironment } from './thread.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'testing', 'stand-ins', 'handlers');
const source = { stream: 'orders', region: 'eu-west-1' };
const raw = { seq: '4968', key: 'k', data: Buffer.from('{"seq":1}'), arrival: 1_545_084_650_987 };
const event = { Records: [lambdaRecord(raw, 'shardId-000000000006', source)] };

const open: Environment[] = [];
afterEach(async () => {
  for (const environment of open.splice(0)) await environment.close();
});

const heard = (over: Partial<EnvironmentTools> = {}) => {
  const [told, output, trouble]: [HandlerLine[], string[], string[]] = [[], [], []];
  const tools: EnvironmentTools = {
    timeoutMs: 5000,
    clock: systemClock(),
    env: { ...process.env, AWS_LAMBDA_FUNCTION_NAME: 'orders-fn', AWS_REGION: 'eu-west-1' },
    onHandlerLine: (line) => told.push(line),
    onOutput: (chunk) => output.push(chunk),
    onTrouble: (text) => trouble.push(text),
    onDeath: (text) => trouble.push(text),
    ...over,
  };
  return { told, output, trouble, tools };
};

const thread = (handler: string, over: Partial<EnvironmentTools> = {}) => {
  const all = heard(over);
  const environment = threadEnvironment(join(fixtures, handler), all.tools);
  open.push(environment);
  return { ...all, environment };
};

const program = (how: string, over: Partial<EnvironmentTools> = {}) => {
  const all = heard(over);
  const run = [process.execPath, join(fixtures, 'program.mjs'), how] as const;
  const id = `esm-${process.pid}-${how}`;
  const environment = processEnvironment({ run, id, logFile: join(tmpdir(), `${id}.log`) }, all.tools);
  open.push(environment);
  return { ...all, environment };
};

test('a record of the event has the form that Lambda documents', () => {
  expect(event.Records[0]).toEqual({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'k',
      sequenceNumber: '4968',
      data: Buffer.from('{"seq":1}').toString('base64'),
      approximateArrivalTimestamp: 1_545_084_650.987,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: 'shardId-000000000006:4968',
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
    awsRegion: 'eu-west-1',
    eventSourceARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/orders',
  });
});

describe('a handler in a module', () => {
  test.each([
    ['handlers.mjs#sync', { records: 1 }],
    ['handlers.mjs#callback', { by: 'callback' }],
    ['handler.cjs', { from: 'cjs', records: 1 }],
    ['handler.ts', { from: 'ts', records: 1 }],
    ['handlers.mjs#context', { id: 'string', functionName: 'orders-fn', isLeft: true }],
  ])('%s answers', async (handler, answer) => {
    expect(await thread(handler).environment.invoke(event)).toEqual({ ok: true, answer });
  });

  test.each([
    ['handlers.mjs#throws', 'RangeError: no such order'],
    ['handlers.mjs#throwsText', 'a value was thrown: "just text"'],
    ['handlers.mjs#failingCallback', 'Error: by callback'],
    ['handlers.mjs#circular', 'TypeError: Converting circular structure to JSON'],
    ['handlers.mjs#exits', 'the handler ended its process, exit code 3'],
    ['handlers.mjs#crashesLater', 'Error: nobody caught it'],
  ])('%s is an error of the function', async (handler, message) => {
    const { environment } = thread(handler);
    const outcome = await environment.invoke(event);
    expect(outcome).toEqual({ ok: false, message: expect.stringContaining(message) as string });
    // And the next event is met by a new environment.
    expect(await environment.invoke(event)).toEqual(outcome);
  });

  test.each(['never', 'spins'])('one that %s is stopped at the timeout', async (name) => {
    const { environment } = thread(`handlers.mjs#${name}`, { timeoutMs: 50 });
    expect(await environment.invoke(event)).toEqual({ ok: false, message: 'Task timed out after 0.05 seconds' });
  });

  test('keeps its state between events, and loses it at a timeout', async () => {
    const { environment } = thread('handlers.mjs#counts');
    expect(await environment.invoke(event)).toEqual({ ok: true, answer: { calls: 1 } });
    expect(await environment.invoke(event)).toEqual({ ok: true, answer: { calls: 2 } });
    await environment.close();
    expect(await environment.invoke(event)).toEqual({ ok: true, answer: { calls: 1 } });
  });

  test.each([
    ['gone.mjs#handler', 'there is no such file'],
    ['handlers.mjs', 'it exports no function handler; it exports callback, '],
    ['handlers.mjs#notAFunction', 'it exports no function notAFunction'],
    ['broken.mjs', 'Error: broken at the top'],
  ])('%s cannot be started: a usage error', async (handler, words) => {
    await expect(thread(handler).environment.start()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(words) as string,
    });
  });

  test('its lines about a record are read before its answer; other output is ignored', async () => {
    const { environment, told, output } = thread('handlers.mjs#tells');
    expect(await environment.invoke(event)).toEqual({ ok: true, answer: {} });
    expect(told).toEqual([{ event: 'done', seq: '4968', sub: 2 }]);
    expect(output.join('')).toContain('not json\n');
  });
});

describe('a handler that is a program', () => {
  test.each([
    ['good', { records: 1 }],
    ['null', null],
  ])('%s answers, event after event', async (how, answer) => {
    const { environment } = program(how);
    for (let i = 0; i < 3; i += 1) expect(await environment.invoke(event)).toEqual({ ok: true, answer });
  });

  test('may print other lines, and reports done records', async () => {
    const { environment, told, trouble, output } = program('chatty');
    expect(await environment.invoke(event)).toEqual({ ok: true, answer: {} });
    expect([told, trouble]).toEqual([[{ event: 'done', seq: '4968' }], []]);
    expect(output.join('')).toContain('working\n');
  });

  test('reports an error like a Lambda runtime', async () => {
    expect(await program('error').environment.invoke(event)).toEqual({
      ok: false,
      message: 'ValueError: no such order',
    });
  });

  test('a second answer to one event is reported, and ignored', async () => {
    const { environment, trouble } = program('twice');
    expect(await environment.invoke(event)).toEqual({ ok: true, answer: { first: true } });
    await expect.poll(() => trouble).toEqual([expect.stringContaining('answered without being asked') as string]);
  });

  test('one that dies fails its event with its last output, and is restarted', async () => {
    const { environment, trouble } = program('dies');
    const words = expect.stringMatching(/ended by itself with exit code 7; its last lines: .*out of luck/) as string;
    for (let i = 0; i < 2; i += 1) expect(await environment.invoke(event)).toEqual({ ok: false, message: words });
    expect(trouble).toEqual([words, words]);
  });

  test('one that exits with 0 and no answer has failed', async () => {
    expect(await program('first').environment.invoke(event)).toMatchObject({ ok: false });
  });

  test('one that never answers is stopped at the timeout', async () => {
    const { environment } = program('never', { timeoutMs: 50 });
    expect(await environment.invoke(event)).toEqual({ ok: false, message: 'Task timed out after 0.05 seconds' });
  });

  test('one that does not exist is a usage error', async () => {
    const run = ['kinesis-order-no-such-program'] as const;
    const environment = processEnvironment({ run, id: 'gone', logFile: join(tmpdir(), 'gone.log') }, heard().tools);
    await expect(environment.start()).rejects.toMatchObject({ code: 'usage' });
  });
});

test('one environment per concurrent invocation, up to a limit; idle ones are reused', async () => {
  let [made, atOnce, most] = [0, 0, 0];
  const pool = environmentPool(() => {
    made += 1;
    return {
      start: () => Promise.resolve(),
      close: () => Promise.resolve(),
      invoke: async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        atOnce -= 1;
        return { ok: true, answer: null };
      },
    };
  });
  await pool.start();
  await pool.invoke(event);
  expect(made).toBe(1);
  await Promise.all(Array.from({ length: 40 }, () => pool.invoke(event)));
  expect([made, most]).toEqual([16, 16]);
});

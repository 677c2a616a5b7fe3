import type { ClientOptions } from '../kinesis/kinesis.ts';
import { rawClient } from '../kinesis/raw.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { type Asking, ask, type ClaimAnswer } from './ask-claim.ts';
import type { Claim } from './claim.ts';
import { streamPool } from './stream-pool.ts';

export type RunClaimsOptions = {
  readonly client: ClientOptions;
  readonly claims: Readonly<Record<string, Claim>>;
  /** The prefix of stream names: `kinesis-order-<run>-<n>`. */
  readonly run: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Ends the run. Probes in progress answer `no answer`, and their streams are removed. */
  readonly signal: AbortSignal;
  /** The target's factor for every deadline. */
  readonly slowness: number;
  /** How long an acknowledged record may take to become visible. Default: 1,500 ms times slowness. */
  readonly patienceMs?: number;
  /** How many probes run at once; heavy ones run one after the other. */
  readonly parallel: number;
  /** Starts the engine again after a probe killed it. Without it, the remaining claims answer `no answer`. */
  readonly revive?: () => Promise<ClientOptions>;
  /** Called when a probe begins. */
  readonly onAsk?: (claim: string) => void;
  readonly onAnswer?: (answer: ClaimAnswer, progress: ClaimsProgress) => void;
};

/** `again`: claims that did not conform are tested once more, alone. */
export type ClaimsProgress = { readonly phase: 'asked' | 'again'; readonly done: number; readonly planned: number };

type Question = readonly [id: string, claim: Claim];

/**
 * Tests every claim, several at once, and returns the answers in the order of the claims. If the engine dies, it is
 * started again, and the probes that were running run once more, one by one, to find the claim that kills it.
 */
export const runClaims = async (options: RunClaimsOptions): Promise<readonly ClaimAnswer[]> => {
  const questions = Object.entries(options.claims);
  const answers = new Map<string, ClaimAnswer>();
  const answered = (answer: ClaimAnswer): void => {
    answers.set(answer.claim, answer);
    options.onAnswer?.(answer, { phase: 'asked', done: answers.size, planned: questions.length });
  };
  let engine = engineOf(options.client, options);
  try {
    for (let left: readonly Question[] = questions; left.length > 0 && !options.signal.aborted; ) {
      const { suspects, unasked } = await round(engine, left, answered, options);
      for (const question of suspects) {
        engine = await revived(engine, options);
        answered(await alone(engine, question));
      }
      if (suspects.length > 0) engine = await revived(engine, options);
      left = unasked;
    }
    const doubtful = questions.filter(([id, claim]) => options.parallel > 1 && isDoubtful(answers.get(id), claim));
    for (const [index, question] of doubtful.entries()) {
      if (options.signal.aborted) break;
      const first = answers.get(question[0]);
      engine = await revived(engine, options);
      const second = await alone(engine, question);
      const answer = first === undefined || first.kind === second.kind ? second : both(first, second);
      answers.set(answer.claim, answer);
      options.onAnswer?.(answer, { phase: 'again', done: index + 1, planned: doubtful.length });
    }
  } finally {
    engine.close();
  }
  return questions.flatMap(([id]) => answers.get(id) ?? []);
};

/**
 * True if a claim is to be tested again, alone: it did not conform beside other probes, and the reason may be
 * concurrency. Heavy claims ran one after the other, and a claim that killed the engine ran alone already.
 */
const isDoubtful = (answer: ClaimAnswer | undefined, claim: Claim): boolean =>
  answer !== undefined &&
  claim.isHeavy !== true &&
  ['deviates', 'error', 'no answer'].includes(answer.kind) &&
  !answer.saw.startsWith(diedOfIt);

const both = (first: ClaimAnswer, second: ClaimAnswer): ClaimAnswer => ({
  ...second,
  saw: `${second.saw} (alone; with other probes under way: ${first.kind}, ${first.saw})`,
});

const diedOfIt = 'the engine died of it';

type Engine = {
  readonly onAsk: (claim: string) => void;
  readonly asking: Asking;
  readonly isAlive: () => Promise<boolean>;
  readonly close: () => void;
};

/** The timeout of one small call on an engine of slowness 1. Short, so that silence is noticed soon. */
const lightTimeoutMs = 6_000;

const engineOf = (client: ClientOptions, options: RunClaimsOptions): Engine => {
  const heavy = rawClient(client);
  const requestTimeoutMs = Math.min(client.requestTimeoutMs, lightTimeoutMs * options.slowness);
  const light = rawClient({ ...client, requestTimeoutMs });
  return {
    onAsk: options.onAsk ?? ((): void => undefined),
    asking: { ...options, light, heavy, kept: streamPool(light.call, options) },
    isAlive: async () => {
      const answer = await light.call('ListStreams', { Limit: 1 });
      return answer.ok || answer.answered;
    },
    close: () => [light, heavy].forEach((raw) => raw.close()),
  };
};

const revived = async (engine: Engine, options: RunClaimsOptions): Promise<Engine> => {
  if (options.revive === undefined || (await engine.isAlive())) return engine;
  engine.close();
  return engineOf(await options.revive(), options);
};

/** Tests one claim while nothing else is running. If the engine is dead afterwards, this claim killed it. */
const alone = async (engine: Engine, [id, claim]: Question): Promise<ClaimAnswer> => {
  engine.onAsk(id);
  const answer = await ask(id, claim, engine.asking);
  if (!(await hasDied(engine, answer))) return answer;
  return { ...answer, kind: 'no answer', saw: `${diedOfIt}; ${answer.saw}` };
};

/** True if there was silence or a broken connection, and the engine no longer answers. */
const hasDied = async (engine: Engine, { kind }: ClaimAnswer): Promise<boolean> =>
  (kind === 'no answer' || kind === 'error') && !(await engine.isAlive());

type Round = { readonly suspects: readonly Question[]; readonly unasked: readonly Question[] };

/** Runs until all claims are tested, or the engine is dead. `suspects` were running when it died. */
const round = async (
  engine: Engine,
  questions: readonly Question[],
  answered: (answer: ClaimAnswer) => void,
  { parallel, revive, signal }: RunClaimsOptions,
): Promise<Round> => {
  const light = questions.filter(([, claim]) => claim.isHeavy !== true);
  const heavy = questions.filter(([, claim]) => claim.isHeavy === true);
  const suspects: Question[] = [];
  let isDead = false;
  const lane = async (queue: Question[]): Promise<void> => {
    for (let question = queue.shift(); question !== undefined && !signal.aborted; question = queue.shift()) {
      engine.onAsk(question[0]);
      const answer = await ask(...question, engine.asking);
      const died = revive !== undefined && (await hasDied(engine, answer));
      if (died) suspects.push(question);
      else answered(answer);
      isDead ||= died;
      if (isDead) return;
    }
  };
  if (parallel === 1) await lane(light).then(() => lane(heavy));
  else await Promise.all([lane(heavy), ...Array.from({ length: parallel - 1 }, () => lane(light))]);
  return { suspects, unasked: [...light, ...heavy] };
};

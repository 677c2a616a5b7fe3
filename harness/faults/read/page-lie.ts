import { z } from 'zod';
import type { AnomalyId } from '../../model/anomaly.ts';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import type { ProxiedCall, Shape } from '../fault.ts';
import { once } from '../once.ts';
import { recordsOf } from './pages.ts';
import { isReadFrom, needsReader, readDetail, readOptions } from './read-options.ts';

type PageLie<Type extends string> = {
  readonly type: Type;
  readonly summary: string;
  readonly planted: readonly AnomalyId[];
  /** Records that a page must hold for the lie to be told of it. */
  readonly least: number;
  /** What the page says instead. */
  readonly lie: (records: readonly Shape[], call: ProxiedCall) => Shape;
};

/** A lie about one page, told once: of the first that holds enough, from the read that `read` names on. */
export const pageLie = <const Type extends string>({ least, lie, ...told }: PageLie<Type>) =>
  defineFault({
    ...told,
    at: 'read',
    options: z.strictObject({ ...readOptions }),
    conflicts: needsReader,
    arm: (options, tools) =>
      once(
        (call) => isReadFrom(options, call, tools),
        async (call, forward, done) => {
          const answer = await forward(call.body);
          if (!isOk(answer) || recordsOf(answer).length < least) return answer;
          done();
          tools.fired(call, readDetail(call));
          return { ...answer, body: { ...answer.body, ...lie(recordsOf(answer), call) } };
        },
      ),
  });

import { isOk } from '../answers.ts';
import type { Answer, ArmedFault, FaultTools, Legal, ProxiedAnswer } from '../fault.ts';
import { isPutCall } from './put-options.ts';

/** Why an answer may be missing although the call was carried out. */
export const timedOut: Legal = {
  grade: 'documented',
  sentence: 'a timed-out request may actually succeed at the backend. Retrying then leads to duplicates.',
  source: 'KPL, default_config.properties, RequestTimeout',
};

/** Carries a call out, and replaces its answer by `lost(answer)`. */
export const answerLost =
  (options: Parameters<typeof isPutCall>[0], tools: FaultTools, lost: (answer: Answer) => ProxiedAnswer): ArmedFault =>
  async (call, forward) => {
    const answer = await forward(call.body);
    if (!isPutCall(options, call, tools) || !isOk(answer)) return answer;
    tools.fired(call);
    return lost(answer);
  };

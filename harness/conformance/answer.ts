export const areas = ['writes', 'reads', 'reshard', 'fan-out', 'limits', 'bad-input'] as const;
export type Area = (typeof areas)[number];

export const answerKinds = ['conforms', 'deviates', 'not there', 'error', 'no answer'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** An engine's answer to one claim. `saw`: one sentence about what the engine did. */
export type Answer = { readonly kind: AnswerKind; readonly saw: string };

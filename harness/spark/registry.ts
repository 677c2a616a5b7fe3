import { judge } from './judge-step.ts';
import { merge } from './merge-step.ts';
import { plan } from './plan-step.ts';
import { route } from './route-step.ts';
import type { Step } from './step.ts';
import { survey } from './survey-step.ts';
import { whole } from './whole-step.ts';

/** The steps, in the order in which the SQL calls them. */
export const steps = { survey, plan, route, judge, merge, whole } as const satisfies Record<string, Step>;

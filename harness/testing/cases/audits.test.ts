import { describeCases } from './describe-cases.ts';

/** Audits by fresh eyes: many, and judged in `npm run test:judge`. */
describeCases('audited');
describeCases('corners');
describeCases('edges');

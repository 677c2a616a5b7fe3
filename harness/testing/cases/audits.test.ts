import { describeCases } from './describe-cases.ts';

/** Histories of independent audits. They are many, so they run in `npm run test:judge`. */
describeCases('audited');
describeCases('corners');
describeCases('edges');
describeCases('combined');

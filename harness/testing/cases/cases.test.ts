import { describeCases } from './describe-cases.ts';

describeCases('given');
describeCases('subjects');

import { PieceSurvey } from '../parts/piece-facts.ts';
import { feedPieces } from './pieces.ts';
import type { Step } from './step.ts';

/** In: lines of pieces. Out: the facts of each piece. */
export const survey: Step = (rows, emit) =>
  feedPieces(
    rows,
    () => new PieceSurvey(),
    (piece, bytes) => piece.feed(bytes),
    (piece, file, at, lines) => emit(file, at, JSON.stringify(piece.facts(lines))),
  );

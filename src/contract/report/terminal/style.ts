import type { Since } from '../since.js';
import type { Paint } from './paint.js';

/** How all parts of a report are to be written. */
export interface Style {
  paint: Paint;
  verbose: boolean;
  /** Columns of the terminal. */
  width: number;
  /** An earlier report, to mark what is new. */
  since: Since | undefined;
}

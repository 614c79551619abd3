import type { Since } from '../since.js';
import type { Paint } from './paint.js';

/** What all parts of a report are written with. */
export interface Style {
  paint: Paint;
  verbose: boolean;
  /** Columns of the terminal. */
  width: number;
  /** An earlier report, to tell what is new. */
  since: Since | undefined;
}

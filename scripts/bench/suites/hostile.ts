import { GROWING } from '../../hostile/sizes.js';
import type { Row, Suite } from '../row.js';

/** Length of the smallest answer, in characters. */
const SIZE = 12_000;

/** Most milliseconds for the largest answer, a hundred times the smallest. */
const LONGEST = 5_000;

/** What answers cost that a hostile server makes ten and a hundred times as large. */
export async function hostileSuite(): Promise<Suite> {
  const rows: Row[] = [];
  for (const [what, act] of GROWING) {
    await act(SIZE);
    const times: number[] = [];
    for (const factor of [1, 10, 100]) {
      const begun = performance.now();
      await act(factor * SIZE);
      times.push(performance.now() - begun);
    }
    const [, , last = 0] = times;
    rows.push({
      what,
      measured: `${times.map((time) => time.toFixed(1)).join(', ')} ms`,
      target: `< ${LONGEST} ms`,
      ok: last < LONGEST,
    });
  }
  return { title: `Hostile answers of ${SIZE} characters, of 10 and 100 times as many`, rows };
}

import type { EvEnergy } from '../../client/ev-energy.js';
import type { Settings } from '../settings.js';
import { refuseFuture } from './clock.js';
import { type FetchPage, requestPage } from './pages.js';
import { againAt, Turnstile } from './turnstile.js';

/** Sends requests, and waits while the quota has none left, unless the export is to stop then. */
export function waitingFetch(
  ev: EvEnergy,
  settings: Settings,
  { signal = settings.signal, turnstile = new Turnstile(settings.clock, signal), onWait }: Shared = {},
): FetchPage {
  const { clock, wait, onProgress } = settings;
  // The first answer tells us; `until` doesn't change.
  let onAnswer: ((response: Response) => void) | undefined = (response) => {
    refuseFuture(response, settings);
    onAnswer = undefined;
  };
  return async (list, parent, query) => {
    for (;;) {
      await turnstile.pass();
      try {
        return await requestPage(ev, list, parent, query, signal, onAnswer);
      } catch (error) {
        const at = againAt(error, clock.now());
        if (at === undefined || !wait) throw error;
        turnstile.close(at);
        if (onWait) onWait();
        else onProgress({ ...NOTHING_YET, waitingUntil: turnstile.waitingUntil });
      }
    }
  };
}

/** The progress of an export that is still being planned. */
const NOTHING_YET = {
  windows: { done: 0, total: 0 },
  items: 0,
  requests: 0,
  perHour: 0,
  expected: 0,
  hours: 0,
};

/** What the requests of one export share. */
interface Shared {
  /** Ends them; default: the signal of the settings. */
  readonly signal?: AbortSignal | undefined;
  readonly turnstile?: Turnstile;
  /**
   * Called when a wait for the quota begins; default: tells of it as the progress of an export that is being planned.
   */
  readonly onWait?: () => void;
}

/** What a rule has to say of an operation. */
export type State =
  /** Looked at, and kept. */
  | 'kept'
  | 'broken'
  /** Kept, with allowed drift. */
  | 'noted'
  /** Broken, which a reviewed file accepts. */
  | 'accepted'
  /** There was nothing to look at. */
  | 'not-applicable'
  /** There would have been something to look at. */
  | 'not-covered';

export interface Verdict {
  rule: string;
  /** Id of the operation; undefined for the server as a whole. */
  operation: string | undefined;
  state: State;
  /** Why there was nothing to look at. */
  reason?: string;
}

/** Why a rule says nothing: no answer of its kind came, though one might in another run. */
export const NOTHING_CAME = 'nothing of this kind came';

/** The weight of a state: the heaviest of a rule and an operation counts. */
const WEIGHT: Readonly<Record<State, number>> = {
  'not-applicable': 0,
  kept: 1,
  noted: 2,
  'not-covered': 3,
  accepted: 3,
  broken: 4,
};

/** The verdicts of a run by rule and operation. */
export class Verdicts {
  readonly #entries = new Map<string, Verdict>();

  set(rule: string, operation: string | undefined, state: State, reason?: string): void {
    const key = `${rule} ${operation ?? ''}`;
    const known = this.#entries.get(key);
    if (known && WEIGHT[known.state] >= WEIGHT[state]) return;
    this.#entries.set(key, { rule, operation, state, ...(reason === undefined ? {} : { reason }) });
  }

  get(rule: string, operation: string | undefined): Verdict | undefined {
    return this.#entries.get(`${rule} ${operation ?? ''}`);
  }

  /** Takes a finding back that a reviewed file accepts. */
  replace(rule: string, operation: string | undefined, state: State): void {
    this.#entries.set(`${rule} ${operation ?? ''}`, { rule, operation, state });
  }

  get all(): Verdict[] {
    return [...this.#entries.values()];
  }
}

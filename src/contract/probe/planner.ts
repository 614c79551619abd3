import type { Operation } from '../../document/index.js';
import type { Contract } from '../model/contract.js';
import type { Ask, Probe } from '../model/probe.js';
import type { ProbeMaker } from '../model/session.js';
import type { Target } from '../model/target.js';
import type { Ids } from './ids.js';
import { makeProbe } from './make-probe.js';

/** Makes probes without sending anything, to know their number before a run. */
export class Planner implements ProbeMaker {
  readonly contract: Contract;
  readonly target: Target;
  readonly ids: Ids;

  constructor(contract: Contract, target: Target, ids: Ids) {
    this.contract = contract;
    this.target = target;
    this.ids = ids;
  }

  /** Uses ids from the document's examples instead of those to be listed. */
  probe(operation: Operation, ask: Ask): Promise<Probe> {
    return makeProbe(this, operation, ask, undefined);
  }
}

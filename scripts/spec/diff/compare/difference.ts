import type { Endpoint } from '../normalise/contract.js';
import type { Schema } from '../normalise/source.js';
import type { Step } from '../normalise/step.js';
import type { Shape } from '../normalise/types.js';
import type { Direction, Impact } from '../types.js';
import type { Wire } from '../witness/wire.js';

/** A difference, and how to judge it. */
export interface Difference {
  message: string;
  pointer: string;
  /** Its place in each document that has it, to find the types it belongs to. */
  pointers: readonly string[];
  plan: Plan;
}

export type Plan =
  /** No message can show it. */
  | { by: 'rule'; impact: Impact; rule: string }
  /** One document refuses this message, so there is nothing to search. */
  | { by: 'message'; part: string; value: unknown; refusal: string }
  | Trial;

/** Breaking if a value is found that one document accepts and the other refuses because of this difference alone. */
export interface Trial {
  by: 'trial';
  /** The schema of the document whose messages must be accepted. */
  accepting: Schema;
  /** That schema's own keywords, and the same with this one difference from the other document. */
  base: Shape;
  variant: Shape;
  /** What the difference is about, in both documents: worth trying. */
  focus: readonly Shape[];
  /** Members that only the refusing document knows. */
  forbidden: ReadonlySet<string>;
  /** Why it breaks if no value shows it. */
  otherwise?: string;
  /** What is not tried, because it is too large, though the difference is about it. */
  untried?: string;
  /**
   * Code that sends what the old document allows no longer compiles, even if the text that is sent is still accepted.
   */
  retypes?: boolean;
}

/** Two corresponding schemas of both documents. */
export interface Comparison {
  old: Schema;
  new: Schema;
  direction: Direction;
  differences: Difference[];
  /** The comparisons of what is inside them. */
  edges: { steps: { old: readonly Step[]; new: readonly Step[] }; to: Comparison }[];
}

/** The same operation, or webhook, in both documents. */
export interface EndpointPair {
  old: Endpoint;
  new: Endpoint;
}

/** The part of a message that a schema describes: a parameter, a header, a body. */
export interface Root {
  pair: EndpointPair;
  /** `body`, `query page_size`; for answers with the status in front: `200 body`. */
  part: string;
  comparison: Comparison;
  /** How either document writes a value as text, where it is one: of a parameter, of a header. */
  wires?: Record<'old' | 'new', Wire>;
}

export interface Place {
  /** `EVSE.location`, `GET /evses › parameter page_size` */
  text: string;
  pointer: string;
}

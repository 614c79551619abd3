import type { Endpoint } from '../normalise/contract.js';
import type { Schema } from '../normalise/source.js';
import type { Step } from '../normalise/step.js';
import type { Shape } from '../normalise/types.js';
import type { Direction, Impact } from '../types.js';

/** One thing that differs, with how it is to be judged. */
export interface Difference {
  message: string;
  pointer: string;
  /** Where it stands in both documents, as far as it does: for the types that it belongs to. */
  pointers: readonly string[];
  plan: Plan;
}

export type Plan =
  /** No message can show it. */
  | { by: 'rule'; impact: Impact; rule: string }
  /** A message that one document refuses needs no search. */
  | { by: 'message'; part: string; value: unknown; refusal: string }
  | Trial;

/** Breaking if a value is found that the one document accepts and the other, by this difference alone, refuses. */
export interface Trial {
  by: 'trial';
  /** The schema in the document whose messages have to be accepted. */
  accepting: Schema;
  /** That schema's own keywords, and the same with this one difference from the other document. */
  base: Shape;
  variant: Shape;
  /** What is worth trying: what the difference is about, in both documents. */
  focus: readonly Shape[];
  /** Members that only the refusing document knows. */
  forbidden: ReadonlySet<string>;
  /** Why it breaks where no value shows it. */
  otherwise?: string;
}

/** Two schemas that stand for the same in both documents. */
export interface Comparison {
  old: Schema;
  new: Schema;
  direction: Direction;
  differences: Difference[];
  /** What stands within them. */
  edges: { steps: { old: readonly Step[]; new: readonly Step[] }; to: Comparison }[];
}

/** The same operation, or webhook, in both documents. */
export interface EndpointPair {
  old: Endpoint;
  new: Endpoint;
}

/** Where messages are made of schemas: a parameter, a header, a body. */
export interface Root {
  pair: EndpointPair;
  /** `body`, `query page_size`; of answers with their status before: `200 body`. */
  part: string;
  comparison: Comparison;
}

export interface Place {
  /** `EVSE.location`, `GET /evses › parameter page_size` */
  text: string;
  pointer: string;
}

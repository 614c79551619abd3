/** What a change means for code that uses the client. */
export type Impact = 'breaking' | 'compatible' | 'editorial';

/** The document before, or the one after. */
export type Side = 'old' | 'new';

/** The direction of the data, seen from the client. */
export type Direction = 'sent' | 'received';

/** One change, rated for a consumer of the client. */
export interface Change {
  impact: Impact;
  message: string;
  /** Its place: in the new document, or in the old one if it was removed. */
  pointer: string;
  /** Affected methods of the generated client: `evses.statusLogs.list`. */
  methods: string[];
  /** Affected generated types: `EVSEStatusLog`. */
  types: string[];
  /** Evidence for the rating; purely descriptive changes have none. */
  proof?: Proof;
}

export type Proof =
  /** A request or an answer on which the documents differ. */
  | { by: 'witness'; witness: Witness }
  /** The reason, if no request or answer can show it. */
  | { by: 'rule'; rule: string }
  /**
   * Number of messages that the change could have affected, none of which distinguished the documents, and what was too
   * large to be among them.
   */
  | { by: 'tries'; tries: number; untried?: string };

/** Accepted by one document, refused by the other. */
export interface Witness {
  /** `PATCH /things/a`, `GET /things → 200` */
  message: string;
  /** The refused part of the message: `body`, `query page_size`. */
  part: string;
  value: unknown;
  /** The refusing document's reason. */
  refusal: string;
}

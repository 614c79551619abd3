/** What a change means for code that uses the client. */
export type Impact = 'breaking' | 'compatible' | 'editorial';

/** The document before, and the one after. */
export type Side = 'old' | 'new';

/** Which way the data goes, seen from the client. */
export type Direction = 'sent' | 'received';

/** One change, rated for a consumer of the client. */
export interface Change {
  impact: Impact;
  message: string;
  /** Where it stands: in the new document, or in the old one for what is gone. */
  pointer: string;
  /** Methods of the generated client that it reaches: `evses.statusLogs.list`. */
  methods: string[];
  /** Generated types that it changes: `EVSEStatusLog`. */
  types: string[];
  /** What shows the rating; of what describes alone, nothing does. */
  proof?: Proof;
}

export type Proof =
  /** A request or an answer on which the documents differ. */
  | { by: 'witness'; witness: Witness }
  /** What no request and no answer can show, with the reason. */
  | { by: 'rule'; rule: string }
  /** So many messages were made that the change could have affected, and none of them told the documents apart. */
  | { by: 'tries'; tries: number };

/** Accepted by one document, refused by the other. */
export interface Witness {
  /** `PATCH /things/a`, `GET /things → 200` */
  message: string;
  /** The part of it that is refused: `body`, `query page_size`. */
  part: string;
  value: unknown;
  /** What the document that refuses it says. */
  refusal: string;
}

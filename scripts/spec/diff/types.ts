/** What a change means for code that uses the client. */
export type Impact = 'breaking' | 'compatible' | 'editorial';

/** One difference between two documents, as `redocly diff` finds it. */
export interface RawChange {
  kind: 'added' | 'removed' | 'modified';
  /** Redocly's name of the OpenAPI object: `Schema`, `Parameter`, `Response`, … */
  typeName: string;
  /** The member that differs, where the object itself is on both sides. */
  property?: string;
  /** Where it is first met on the way from the root, references followed. */
  path: string;
  base?: Side;
  revision?: Side;
  /** Redocly's own rating. */
  impact: 'major' | 'minor' | 'patch';
  verdicts: { ruleId: string; message: string }[];
  /** The object that has the member, as it is in the new document. */
  owner?: unknown;
  /** Set where a schema became a union of its former self and more, or the reverse. */
  union?: { extent: 'wider' | 'narrower'; expandable: boolean };
}

export interface Side {
  pointer: string;
  value?: unknown;
}

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
}

/** Which way the data goes, seen from the client. */
export type Direction = 'sent' | 'received';

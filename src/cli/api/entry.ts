/** What the command line needs to know of an operation beyond its row in the client. */
export interface CommandEntry {
  /** What it does, in a sentence. */
  readonly about?: string;
  /** What the values of its path are, by name. */
  readonly path?: Readonly<Record<string, string>>;
  /** Query and header parameters. */
  readonly params?: readonly CommandValue[];
  /** Members of the request body. */
  readonly fields?: readonly CommandValue[];
  /** The API refuses a call without a body. */
  readonly needsBody?: true;
}

/** A value that an option of the command takes. */
export interface CommandValue {
  /** As the API names it. */
  readonly name: string;
  readonly about?: string;
  /** Its type, if it isn't text; an object is given as JSON. */
  readonly type?: 'boolean' | 'integer' | 'json' | 'number';
  /** May be given several times. */
  readonly list?: true;
  /** All values that it may have. */
  readonly values?: readonly string[];
  readonly required?: true;
}

/** The operations by their id. */
export type CommandTable = Readonly<Record<string, CommandEntry>>;

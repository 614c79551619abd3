/** The OpenAPI document can't be used; the message says what is wrong and `pointer` where. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  /** JSON pointer into the document (RFC 6901), as a URI fragment: `#/paths/~1evses/get`. */
  readonly pointer: string;

  constructor(message: string, pointer: string) {
    super(pointer === '#' ? message : `${message}\n  at ${pointer}`);
    this.pointer = pointer;
  }
}

import { join, type OpenApiDocument } from '../../document/index.js';

/** Where each object of a document stands, so that a schema object can be traced back to its place. */
export class Places {
  readonly #pointers = new Map<object, string>();

  constructor(document: OpenApiDocument) {
    this.#visit(document, '#');
  }

  of(value: unknown): string | undefined {
    return typeof value === 'object' && value !== null ? this.#pointers.get(value) : undefined;
  }

  /** Notes where an object stands that is put into the document's place. */
  add(value: object, pointer: string): void {
    this.#pointers.set(value, pointer);
  }

  #visit(value: unknown, pointer: string): void {
    // A YAML alias puts one object in two places: the first is kept.
    if (typeof value !== 'object' || value === null || this.#pointers.has(value)) return;
    this.#pointers.set(value, pointer);
    for (const [key, member] of Object.entries(value)) this.#visit(member, join(pointer, key));
  }
}

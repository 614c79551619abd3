import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { DocumentError, type OpenApiDocument, tokens } from '../document/index.js';

const DOCUMENT = 'doc';

/** Validates values against the schemas of one document, addressed by JSON pointer. */
export class Validation {
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: OpenApiDocument) {
    this.#ajv = new Ajv2020({
      allErrors: true,
      strict: false,
      // JSON.parse reads 1e400 as Infinity, which no JSON number is.
      strictNumbers: true,
      verbose: true,
      logger: false,
    });
    formats.default(this.#ajv);
    // As a whole and unchecked: an OpenAPI document isn't a schema, but its parts can be referred to.
    this.#ajv.addSchema(document, DOCUMENT, false, false);
  }

  /**
   * What is wrong with the value; empty when it conforms.
   *
   * @throws DocumentError when the schema itself can't be compiled.
   */
  errors(pointer: string, value: unknown): readonly ErrorObject[] {
    const validate = this.#validator(pointer);
    return validate(value) ? [] : (validate.errors ?? []);
  }

  accepts(pointer: string, value: unknown): boolean {
    return this.errors(pointer, value).length === 0;
  }

  #validator(pointer: string): ValidateFunction {
    let validate = this.#compiled.get(pointer);
    if (!validate) {
      const path = tokens(pointer).map((token) =>
        encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1')),
      );
      try {
        validate = this.#ajv.compile({ $ref: `${DOCUMENT}#/${path.join('/')}` });
      } catch (cause) {
        throw new DocumentError(`No validator can be made: ${(cause as Error).message}`, pointer);
      }
      this.#compiled.set(pointer, validate);
    }
    return validate;
  }
}

import { DocumentError } from '../errors.js';
import { isObject, join, lookup } from '../json.js';
import { camelCase } from '../naming.js';
import type { OpenApiDocument, Operation } from '../types.js';

/** A file uploaded in three steps: it is announced, sent to an address that the API names, and confirmed. */
export interface Upload {
  /** Name of the upload method, beside that of the announcing operation. */
  method: string;
  /** The operation that announces the file. */
  start: Operation;
  /** The operation that confirms that the file was sent. */
  finish: Operation;
  /** Field of the first answer that holds the address to send the file to. */
  url: string;
  /** Field of the first answer that fills the path of the confirming operation. */
  id: string;
  /** Field of the first body that gets the file's name, if there is one. */
  fileName?: string;
}

/**
 * Reads the document's uploads (`x-upload` on the operation that announces the file), since OpenAPI can't say that
 * operations belong together.
 *
 * @throws DocumentError for one that names no operation, or lacks a field.
 */
export function readUploads(document: OpenApiDocument, operations: readonly Operation[]): Upload[] {
  return operations.flatMap((start) => {
    const source = lookup(document, start.pointer);
    const declared = isObject(source) ? source['x-upload'] : undefined;
    if (declared === undefined) return [];
    const pointer = join(start.pointer, 'x-upload');
    if (!isObject(declared)) throw new DocumentError('x-upload must be an object', pointer);
    const text = (name: string) => {
      const value = declared[name];
      if (typeof value === 'string' && value !== '') return value;
      throw new DocumentError(`x-upload needs '${name}', a string`, pointer);
    };
    const finish = operations.find(({ id }) => id === text('finish'));
    if (!finish) throw new DocumentError(`x-upload names no operation: finish '${text('finish')}'`, pointer);
    const fileName = declared.file_name;
    return [
      {
        method: camelCase(text('method')),
        start,
        finish,
        url: text('url'),
        id: text('id'),
        ...(typeof fileName === 'string' ? { fileName } : {}),
      },
    ];
  });
}

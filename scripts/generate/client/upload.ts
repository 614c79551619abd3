import type { Upload } from '../../../src/document/index.js';
import { jsdoc } from '../jsdoc.js';
import { quote } from '../names.js';
import type { MethodTypes } from './params.js';

/** The method that announces a file, sends it, and confirms it. */
export function renderUpload(
  { method, start, finish, fileName }: Upload,
  first: MethodTypes,
  last: MethodTypes,
): string {
  const comment = jsdoc(
    [
      'Uploads a file: announces it, sends it to the address that the API names, and confirms it.',
      'What is sent to that address has neither the token nor any header of the client. A stream is sent once; ' +
        'anything else is sent again where the server fails.',
      `\`${start.method} ${start.path}\`, \`PUT\`, \`${finish.method} ${finish.path}\`.`,
      '@param file A `File`, a `Blob`, bytes, or a stream with its length.',
      '@throws {ConfigurationError} What was given is no file; nothing has been sent.',
      '@throws {ApiError} One of the three was refused; a file that could not be sent is not confirmed.',
    ],
    '  ',
  );
  const params = `params?: ${first.params ?? 'NoParams'}`;
  const given = `file: UploadFile, ${bodyArgument(first, fileName)}, ${params}, options?: UploadOptions`;
  return `${comment}  ${method}(${given}): Promise<${last.result.type}>;\n`;
}

/** The body that announces the file; its name is the file's own unless another is given. */
function bodyArgument({ body }: MethodTypes, fileName: string | undefined): string {
  if (!body) return 'body?: Record<string, never>';
  if (fileName === undefined) return `body${body.required ? '' : '?'}: ${body.name}`;
  const named = `Omit<${body.name}, ${quote(fileName)}> & Partial<Pick<${body.name}, ${quote(fileName)}>>`;
  return `body?: ${named}`;
}

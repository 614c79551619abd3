import type { Upload } from '../../../src/document/index.js';
import { jsdoc } from '../jsdoc.js';
import { quote } from '../names.js';
import type { MethodTypes } from './params.js';

/** The type of the body that announces a file. The file's own name is used unless another is given. */
export function renderUploadBody(name: string, { fileName }: Upload, { body }: MethodTypes): string {
  return `/** Describes the file to upload. */\nexport type ${name} = ${bodyType(body?.name, fileName)};\n`;
}

function bodyType(body: string | undefined, fileName: string | undefined): string {
  if (body === undefined) return 'Record<string, never>';
  if (fileName === undefined) return body;
  return `Omit<${body}, ${quote(fileName)}> & Partial<Pick<${body}, ${quote(fileName)}>>`;
}

/**
 * The method that announces a file, sends it, and confirms it.
 *
 * @param bodyName name of the body's type.
 */
export function renderUpload(
  { method, start, finish, fileName }: Upload,
  first: MethodTypes,
  last: MethodTypes,
  bodyName: string,
): string {
  const comment = jsdoc(
    [
      'Uploads a file: announces it, sends it to the address that the API names, and confirms it.',
      'What is sent to that address has neither the token nor any header of the client. A stream is sent once; ' +
        'anything else is sent again where the server fails.',
      `\`${start.method} ${start.path}\`, \`PUT\`, \`${finish.method} ${finish.path}\`.`,
      '@param file A `File`, a `Blob`, bytes, or a stream with its length.',
      '@throws {ConfigurationError} What was given is not a file; nothing has been sent.',
      '@throws {ApiError} One of the three was refused; a file that could not be sent is not confirmed.',
    ],
    '  ',
  );
  const params = `params?: ${first.params ?? 'NoParams'}`;
  const optional = first.body?.required && fileName === undefined ? '' : '?';
  const given = `file: UploadFile, body${optional}: ${bodyName}, ${params}, options?: UploadOptions`;
  return `${comment}  ${method}(${given}): Promise<${last.result.type}>;\n`;
}

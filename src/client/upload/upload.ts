import { ConfigurationError } from '../errors/configuration-error.js';
import type { Core } from '../resource/call.js';
import type { OperationRow, UploadRow } from '../resource/operation-row.js';
import type { Content, UploadFile, UploadOptions, UploadStream } from './file.js';
import { put } from './put.js';

/** The operations of an upload, and the fields that link one to the next. */
interface Steps extends UploadRow {
  /** The operation that starts the upload; errors name it. */
  readonly start: OperationRow;
  /** Name in the path of the operation that confirms the file. */
  readonly place: string;
}

/** Makes calls of operations. */
interface Calling {
  _call<T>(
    operation: OperationRow,
    path: Readonly<Record<string, string>>,
    params?: object,
    body?: unknown,
    options?: object,
  ): PromiseLike<T>;
}

/**
 * Announces a file, sends it to the address that the API names, and confirms it. Takes the file, and then the body,
 * parameters and options of the call that announces it.
 *
 * @throws ConfigurationError if the file isn't one, before anything is sent
 * @throws ApiError, ConnectionError as any call does; a file that couldn't be sent isn't confirmed
 */
export async function uploadFile(
  resource: Calling,
  { elsewhere }: Core,
  { start, finish, place, url, id, fileName }: Steps,
  given: readonly unknown[],
): Promise<unknown> {
  const [file, body = {}, params, options = {}] = given as [UploadFile, object?, object?, UploadOptions?];
  // `timeout` is for sending the file; the API calls use the client's own.
  const { timeout, ...own } = options;
  const content = contentOf(file);
  const name = fileName === undefined || content.name === undefined ? {} : { [fileName]: content.name };
  const begun = await resource._call<Readonly<Record<string, unknown>>>(
    start,
    {},
    params,
    { ...name, ...body },
    own,
  );
  await put(elsewhere, {
    operation: start,
    url: String(begun[url]),
    content,
    timeout,
    signal: options.signal,
  });
  return resource._call(finish, { [place]: String(begun[id]) }, undefined, undefined, own);
}

function contentOf(file: UploadFile): Content {
  if (isBlob(file)) {
    return {
      body: file,
      size: file.size,
      name: 'name' in file ? String(file.name) : undefined,
      type: file.type,
    };
  }
  if (ArrayBuffer.isView(file) || isNamed(file, 'ArrayBuffer')) {
    const body = new Blob([file as ArrayBuffer]);
    return { body, size: body.size, name: undefined, type: '' };
  }
  const { stream, size, name, type = '' } = (file ?? {}) as UploadStream;
  if (!isNamed(stream, 'ReadableStream'))
    throw new ConfigurationError(
      'file: must be a File, a Blob, bytes, or { stream, size } with a ReadableStream and its length',
    );
  if (!Number.isSafeInteger(size) || size < 0)
    throw new ConfigurationError('file: size must be the number of bytes that the stream gives');
  if (stream.locked) throw new ConfigurationError('file: the stream is being read already');
  return { body: stream, size, name, type };
}

function isBlob(value: unknown): value is Blob {
  return isNamed(value, 'Blob') || isNamed(value, 'File');
}

/** By its tag, so that it also recognises objects of another realm or library. */
function isNamed(value: unknown, name: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${name}]`;
}

import { ConfigurationError } from '../errors/configuration-error.js';

/**
 * A body as JSON.
 * @throws ConfigurationError for what JSON can't hold, without the engine's drawing of it
 */
export function jsonText(body: unknown): string {
  let text: string | undefined;
  // As JSON they are an empty object.
  const kinds = [Map, Set, Blob, FormData, ReadableStream, ArrayBuffer];
  if (ArrayBuffer.isView(body) || kinds.some((kind) => body instanceof kind))
    throw new ConfigurationError(`body: a ${(body as object).constructor.name} can't be written as JSON`);
  try {
    text = JSON.stringify(body);
  } catch (error) {
    const [why] = String((error as Error)?.message).split('\n');
    throw new ConfigurationError(`body: can't be written as JSON: ${why}`, { cause: error });
  }
  if (text === undefined) throw new ConfigurationError(`body: a ${typeof body} can't be written as JSON`);
  return text;
}

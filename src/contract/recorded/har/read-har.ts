import { DEEPEST_JSON, isObject, isTooDeep, parseJson, readFailure } from '../../../document/index.js';
import { readBytes } from '../../../node/read-bytes.js';
import { CannotRun } from '../../errors.js';
import { endsInside } from './ends-inside.js';

const ADVICE =
  "verify takes a HAR file of recorded traffic: save one from the network panel of a browser's developer tools " +
  "('Save all as HAR with content'), or record it with Playwright's recordHar.";

/**
 * The entries of a HAR file (HTTP Archive 1.2), in any encoding that tools write: UTF-8 with or without a byte order
 * mark (Fiddler writes one), or UTF-16 (PowerShell's redirection).
 *
 * @throws CannotRun if the file can't be read or isn't a HAR.
 */
export async function readEntries(file: string): Promise<unknown[]> {
  const bytes = await readBytes(file).catch((cause: unknown) => {
    throw new CannotRun(`${file} can't be read: ${readFailure(cause)}\n${ADVICE}`, { cause });
  });
  refusePacked(file, bytes);
  const text = fileText(bytes);
  const json = parseJson(text);
  if (!json) {
    const hint = endsInside(text) ? ': it ends in the middle. Was the recorder stopped while it wrote?' : '.';
    if (isTooDeep(text) && hint === '.')
      throw new CannotRun(
        `${file} can't be read: it is nested deeper than ${DEEPEST_JSON} levels.\n${ADVICE}`,
      );
    throw new CannotRun(`${file} is not JSON${hint}\n${ADVICE}`);
  }
  const har = json.value;
  const log = isObject(har) && isObject(har.log) ? har.log : {};
  if (!Array.isArray(log.entries))
    throw new CannotRun(`${file} is no HAR file: it has no log.entries.\n${ADVICE}`);
  return log.entries;
}

function refusePacked(file: string, bytes: Buffer): void {
  const start = bytes.toString('latin1', 0, 4);
  if (start.startsWith('\x1f\x8b'))
    throw new CannotRun(`${file} is compressed with gzip: unpack it (gunzip), and give what comes out.`);
  if (start === 'PK\x03\x04' || start === 'PK\x05\x06') {
    throw new CannotRun(
      `${file} is a zip archive, as Playwright's recordHar writes for a path that ends in .zip: unpack it into a ` +
        'folder of its own, and give the .har file in it. Bodies in files beside it are read from there.',
    );
  }
}

function fileText(bytes: Buffer): string {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  // The decoder removes a byte order mark.
  return new TextDecoder(little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8').decode(bytes);
}

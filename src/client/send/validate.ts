import { validators } from '../../../generated/validators.js';
import { ResponseValidationError, type ResponseViolation } from '../errors/response-validation-error.js';
import type { Logger } from '../observe/logger.js';
import { hiderOf } from '../observe/redact.js';
import type { ValidateMode } from '../options.js';
import { essence } from '../request/media-type.js';
import type { OperationRow } from '../resource/operation-row.js';
import type { Answer } from './core.js';
import type { Run } from './run.js';

/** What nearly all answers have: a literal is looked up faster than text that has just come. */
const JSON_TYPE = 'application/json';

/**
 * Checks an answer against the document. Loaded with the validators when it is first asked for: who doesn't
 * validate never loads them.
 * @throws ResponseValidationError in the mode `'error'`
 */
export function validate(
  mode: ValidateMode,
  logger: Logger,
  { call: { row }, sent }: Run,
  { response, data }: Answer,
): void {
  const violations = violationsOf(row, response, data);
  if (violations.length === 0) return;
  const hide = hiderOf(sent);
  const safe = violations.map(({ path, message }) => ({ path: hide(path), message: hide(message) }));
  const error = new ResponseValidationError(row.id, response.status, safe);
  if (mode === 'error') throw error;
  logger.warn(error.message);
}

function violationsOf(row: OperationRow, response: Response, data: unknown): ResponseViolation[] {
  const operation = validators[row.id];
  if (!operation) return [];
  const { status } = response;
  // A browser shows nothing of a redirect that could be checked (Fetch, 2.2.6).
  if (status === 0) return [];
  const bodies = operation[status] ?? operation[`${Math.floor(status / 100)}XX`] ?? operation.default;
  if (!bodies) return [{ path: '', message: `has the status ${status}, which isn't described` }];
  // A file is as it is: there are validators for JSON alone.
  if (row.answer && response.ok) return [];
  if (data === undefined && Object.keys(bodies).length === 0) return [];
  const header = response.headers.get('content-type') ?? 'no content type';
  const check =
    header === JSON_TYPE
      ? bodies[JSON_TYPE]
      : (described(bodies, header) ?? described(bodies, essence(header)));
  if (!check)
    return [
      {
        path: '',
        message: `has ${essence(header)}; described is ${Object.keys(bodies).join(', ') || 'no body'}`,
      },
    ];
  if (check(data)) return [];
  return (check.errors ?? []).map(({ instancePath, message = 'is not as described', params }) => ({
    path: instancePath,
    message: `${message} ${JSON.stringify(params)}`,
  }));
}

/** What the document has of that name; an object has more, which is not the document's. */
function described<T>(bodies: Readonly<Record<string, T>>, type: string): T | undefined {
  return Object.hasOwn(bodies, type) ? bodies[type] : undefined;
}

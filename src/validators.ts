/**
 * Validators of answers, to be handed to the client.
 *
 * @module ev-energy-client/validators
 */

import { bodyNames } from '../generated/body-names.js';
import { validators as functions } from '../generated/validators.js';
import type { ResponseViolation } from './client/errors/response-validation-error.js';
import type { AnswerToValidate, Validators } from './client/validation.js';
import { essence } from './client/wire/headers.js';
import { misspelt } from './text/misspelt.js';

/**
 * Checks an answer against the document, and a request's body for misspelt members. Pass it to the client as the option
 * `validators`.
 * @example const ev = new EvEnergy({ validators, validate: 'error' });
 */
export const validators: Validators = Object.assign(answerViolations, {
  misspelt: (operationId: string, body: unknown) => misspelt(body, member(bodyNames, operationId)),
});

function answerViolations({
  operationId,
  status,
  contentType,
  data,
}: AnswerToValidate): readonly ResponseViolation[] {
  const operation = member(functions, operationId);
  if (!operation) return [];
  const bodies =
    member(operation, String(status)) ??
    member(operation, `${Math.floor(status / 100)}XX`) ??
    operation.default;
  if (!bodies) return [{ path: '', message: `has the status ${status}, which isn't described` }];
  if (data === undefined && Object.keys(bodies).length === 0) return [];
  const mediaType = essence(contentType ?? 'no content type');
  const check = member(bodies, contentType ?? '') ?? member(bodies, mediaType);
  const described = Object.keys(bodies).join(', ') || 'no body';
  if (!check) return [{ path: '', message: `has ${mediaType}; described is ${described}` }];
  return check(data) ? [] : violationsOf(check.errors ?? []);
}

type SchemaErrors = NonNullable<(typeof functions)[string][string][string]['errors']>;

function violationsOf(errors: SchemaErrors): ResponseViolation[] {
  return errors.map(({ instancePath, message = 'is not as described', params }) => ({
    path: instancePath,
    message: `${message} ${JSON.stringify(params)}`,
  }));
}

/** The table's own entry of that name, never one inherited from `Object.prototype`. */
function member<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

export type { AnswerToValidate, ResponseViolation, Validators };

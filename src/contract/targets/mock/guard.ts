import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Prefix of the types of Prism's own problems. */
export const OWN_PROBLEMS = 'https://stoplight.io/prism/errors#';

/**
 * The function that Prism's server calls for each answer: it returns a task that yields a `Left` with the error or a
 * `Right` with the answer.
 */
export interface PrismInstance {
  request(...args: unknown[]): () => Promise<Outcome>;
}

type Outcome = { _tag: 'Left'; left: object } | { _tag: 'Right'; right: Handled };

interface Handled {
  validations: { input: Violation[]; output: Violation[] };
  output?: { statusCode: number; headers?: Record<string, unknown> };
}

interface Violation {
  message: string;
  path?: (string | number)[];
}

/**
 * Headers that say how one answer is sent, and what its body is packed in. Node's server sets them; what the document
 * shows for them would contradict the answer, which the caller then can't read.
 */
const FRAME =
  /^(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|content-length|content-encoding)$/i;

/** Whether Prism can put a header of the document on an answer. */
export function isSendable(name: string, value: unknown): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
  } catch {
    return false;
  }
  return !FRAME.test(name);
}

/**
 * Turns each failure of Prism into an answer. Some requests make it throw where nobody catches it, such as an Accept
 * header that names no media type. Others make it put a parameter's name into a header that can't carry its letters,
 * and some documents show headers that no server can send. Each of them would end the process.
 */
export function guard(prism: PrismInstance): void {
  const ask = prism.request.bind(prism);
  prism.request = (...args) => {
    return async () => {
      try {
        return legible(await ask(...args)());
      } catch (cause) {
        return { _tag: 'Left', left: badRequest(cause) };
      }
    };
  };
}

/** In the form of Prism's own errors. */
function badRequest(cause: unknown): object {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return Object.assign(new Error('Bad Request'), { name: 'about:blank', status: 400, detail });
}

function noFinalAnswer(status: number): object {
  const detail = `The document has nothing else to answer with than ${status}, which ends no request.`;
  const name = `${OWN_PROBLEMS}NO_FINAL_ANSWER`;
  return Object.assign(new Error('No final answer'), { name, status: 500, detail });
}

function legible(outcome: Outcome): Outcome {
  if (outcome._tag === 'Left') return outcome;
  const { validations, output } = outcome.right;
  // Alone, an interim answer such as 101 lets the caller wait for ever (RFC 9110, section 15.2).
  if (output && output.statusCode < 200) return { _tag: 'Left', left: noFinalAnswer(output.statusCode) };
  const headers = Object.entries(output?.headers ?? {}).filter(([name, value]) => isSendable(name, value));
  const shown = (violation: Violation) => ({
    ...violation,
    message: ascii(violation.message),
    ...(violation.path ? { path: violation.path.map((part) => ascii(String(part))) } : {}),
  });
  return {
    ...outcome,
    right: {
      ...outcome.right,
      ...(output ? { output: { ...output, headers: Object.fromEntries(headers) } } : {}),
      validations: { input: validations.input.map(shown), output: validations.output.map(shown) },
    },
  };
}

/** Escapes other characters as in JSON, since the header is JSON. */
function ascii(text: string): string {
  return text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

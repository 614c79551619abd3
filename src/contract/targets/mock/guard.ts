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
}

interface Violation {
  message: string;
  path?: (string | number)[];
}

/**
 * Turns each failure of Prism into an answer. Some requests make it throw where nobody catches it, such as an Accept
 * header that names no media type. Others make it put a parameter's name into a header that can't carry its letters.
 * Either would end the process.
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

function legible(outcome: Outcome): Outcome {
  if (outcome._tag === 'Left') return outcome;
  const { validations } = outcome.right;
  const shown = (violation: Violation) => ({
    ...violation,
    message: ascii(violation.message),
    ...(violation.path ? { path: violation.path.map((part) => ascii(String(part))) } : {}),
  });
  return {
    ...outcome,
    right: {
      ...outcome.right,
      validations: { input: validations.input.map(shown), output: validations.output.map(shown) },
    },
  };
}

/** Escapes other characters as in JSON, since the header is JSON. */
function ascii(text: string): string {
  return text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

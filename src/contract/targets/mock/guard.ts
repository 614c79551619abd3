/** What Prism's server asks for each answer: a task that gives a `Left` with the error or a `Right` with the answer. */
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
 * Makes each failure of Prism an answer. Some requests make it throw where nobody waits for it, as one with an Accept
 * header that names no media type; others make it name a parameter, in the header that lists what is wrong, whose
 * letters no header can carry. Either would end the process.
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

/** As Prism shows its own errors. */
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

/** Other characters as JSON escapes them: the header is JSON. */
function ascii(text: string): string {
  return text.replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

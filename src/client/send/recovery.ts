import { discard, type Outcome } from './attempt.js';
import type { Answer } from './core.js';
import { failure } from './failure.js';
import type { Pipeline } from './pipeline.js';
import { retryDelay } from './retry.js';
import type { Run } from './run.js';
import { sleep } from './sleep.js';

// One part to load, whatever it is that goes wrong.
export { connectionError } from '../errors/safe-cause.js';
export { noToken, unreadableBody } from './failure.js';

/**
 * What follows a failed attempt: another with a new token, another after a wait, or the call's error.
 * @param outcome with a status other than success; undefined where no complete answer came, because of the error
 */
export async function recover(
  pipeline: Pipeline,
  run: Run,
  outcome: Outcome | undefined,
  error: unknown,
): Promise<Answer> {
  if (outcome?.status === 401 && (await renewed(pipeline, run, outcome))) {
    discard(outcome);
    return pipeline.attempt(run);
  }
  run.renewed = undefined;
  run.failures += 1;
  const { call } = run;
  const { retry } = pipeline.settings;
  const policy = { ...retry, maxRetries: call.options?.maxRetries ?? retry.maxRetries };
  const headers = outcome?.response.headers;
  const delay = retryDelay(policy, call.row.method, run.failures, outcome?.status, headers);
  if (delay === undefined) {
    if (!outcome) throw error;
    return failed(pipeline, run, outcome);
  }
  run.watched?.retry(delay, outcome, error);
  discard(outcome);
  await sleep(delay, call.options?.signal);
  return pipeline.attempt(run);
}

/** Renews the token that was rejected, once; gives whether there is another one now. */
async function renewed(pipeline: Pipeline, run: Run, refused: Outcome): Promise<boolean> {
  const { tokens, token } = run;
  if (run.renewed !== undefined || token === undefined || !tokens?.reject) return false;
  try {
    const told = Promise.resolve(tokens.reject(token));
    run.renewed = await pipeline.tokenOf(
      run,
      told.then(() => tokens.token()),
    );
  } catch (error) {
    discard(refused);
    throw error;
  }
  return run.renewed !== token;
}

async function failed(pipeline: Pipeline, run: Run, outcome: Outcome): Promise<Answer> {
  const { call, url, sent } = run;
  // The status is the news; how its body departs from the document only goes to the log.
  if (run.validating !== 'off' && outcome.text !== undefined)
    await pipeline.validate('warn', run, failure({ ...call, anyStatus: true }, url, outcome, sent));
  return failure(call, url, outcome, sent);
}

import type { Operation, Parameter } from '../../document/index.js';
import { either } from '../../text/words.js';
import { NotApplicable } from '../errors.js';
import type { Probe } from '../model/probe.js';
import type { ProbeMaker } from '../model/session.js';
import { acceptsText, queryPairs } from './values.js';

/**
 * The statuses for a refused request that the operation declares.
 *
 * @throws NotApplicable if it declares none.
 */
export function refusals(operation: Operation, ...statuses: readonly string[]): string[] {
  const declares = (status: string) =>
    operation.responses.some(
      (response) =>
        response.status === status || response.status === `${status[0]}XX` || response.status === 'default',
    );
  const expected = statuses.filter(declares);
  if (expected.length === 0) throw new NotApplicable(`the document declares no ${either(statuses)} for it`);
  return expected;
}

/** Statuses that say that something no longer exists. */
export const GONE: readonly string[] = ['404', '410'];

/**
 * Statuses with which a PUT may answer for something that doesn't exist: it may create it (RFC 9110, section 9.3.4).
 */
export function additions({ method, responses }: Operation): string[] {
  return method === 'PUT' && responses.some(({ status }) => status === '201') ? ['201'] : [];
}

/** @throws NotApplicable for a mock that answers every request. */
export function requireValidation({ target }: ProbeMaker): void {
  if (!target.validates) throw new NotApplicable('this mock answers any request with an example');
}

/** Whether a server answers for any value: one that only knows the document has no ids to look the value up in. */
export function knowsAny({ name }: Parameter, { guessed }: Probe, { target }: ProbeMaker): boolean {
  return target.idIn !== undefined && guessed.includes(name);
}

/**
 * Whether the same question to a PUT, which comes before other changes, may have put something where nothing was: one
 * that declares 201 does so.
 */
export function mayBePut({ method, path }: Operation, { contract }: ProbeMaker): boolean {
  const puts = contract.operations.some((one) => {
    return one.method === 'PUT' && one.path === path && one.responses.some(({ status }) => status === '201');
  });
  return puts && !['GET', 'HEAD', 'PUT'].includes(method);
}

/** The query and header parameters of an operation that a rule applies to. */
export function parametersOf(operation: Operation, choose: (parameter: Parameter) => boolean): Parameter[] {
  return operation.parameters.filter((parameter) => parameter.in !== 'cookie' && choose(parameter));
}

/** A wrong value, or a list that contains one. */
type Wrong = string | readonly string[];

/** Makes a probe for each wrong value of each parameter. A fixed mock only refuses what the schema itself refuses. */
export async function wrongValues(
  session: ProbeMaker,
  operation: Operation,
  rule: string,
  statuses: readonly string[],
  values: readonly (readonly [Parameter, readonly Wrong[]])[],
): Promise<Probe[]> {
  requireValidation(session);
  const fixed = session.target.fixed(operation) !== undefined;
  // A fixed mock never answers 404: it refuses a value by its form, whatever the operation declares for that.
  const expect = refusals(operation, ...statuses.filter((status) => !fixed || status !== '404'));
  const refuses = (parameter: Parameter, wrong: Wrong) =>
    [wrong].flat().some((text) => !acceptsText(session.contract, parameter, text));
  const asks = values.flatMap(([parameter, all]) =>
    all
      .filter((wrong) => !fixed || refuses(parameter, wrong))
      .map((wrong) => ({
        name: `${parameter.name}=${wrong}`,
        breaks: parameter.name,
        expect,
        rule,
        ...(parameter.in === 'path'
          ? { path: { [parameter.name]: String(wrong) } }
          : parameter.in === 'query'
            ? { query: queryPairs(parameter, wrong) }
            : { headers: { [parameter.name]: String(wrong) } }),
      })),
  );
  if (asks.length === 0) throw new NotApplicable('the operation has no parameter of this kind');
  return Promise.all(asks.map((ask) => session.probe(operation, ask)));
}

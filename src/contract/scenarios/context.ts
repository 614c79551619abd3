import { isObject, type Operation } from '../../document/index.js';
import { NotApplicable, NotCovered } from '../errors.js';
import { type Item, lastSegment } from '../exchange/items.js';
import { bodyWithoutUnknownFields } from '../exchange/unknown-fields.js';
import type { Exchange } from '../model/exchange.js';
import type { Scenario } from '../model/rule.js';
import type { Session } from '../model/session.js';
import { requireKnownCaller } from '../probe/keys.js';
import { wholePage } from '../probe/make-probe.js';

export interface Context {
  /** Fields that the header affects. */
  fields: readonly string[];
  /** The id in the header, without URL. */
  id: string;
  plain: { exchange: Exchange; items: readonly Item[] };
  /** Answers to each spelling of the header's value. */
  answers: readonly { exchange: Exchange; items: readonly Item[] }[];
}

/** Sends the same request with and without a header that changes fields of the answer. */
export const context: Scenario<readonly Context[]> = {
  name: 'context',
  priority: 2,
  // Each beside the answer without, which others ask for as well.
  requests: ({ headerEffects }) => Object.keys(headerEffects).length,
  notOnMock: 'the mock looks at no such header',
  async play(operation, session) {
    const effects = Object.entries(operation.headerEffects);
    if (effects.length === 0) throw new NotApplicable('no request header changes the answer');
    requireKnownCaller(session, operation);
    const played = [];
    for (const [header, fields] of effects) played.push(await ask(operation, session, header, fields));
    return played;
  },
};

async function ask(
  operation: Operation,
  session: Session,
  header: string,
  fields: readonly string[],
): Promise<Context> {
  const parameter = operation.parameters.find(({ name, in: place }) => place === 'header' && name === header);
  const known = parameter && session.ids.of(parameter);
  if (!parameter || !known) throw new NotCovered(`no value is known for ${header}`);
  const id = lastSegment(known.value);
  const plainExchange = await session.get(await session.probe(operation, wholePage(operation)));
  const plain = { exchange: plainExchange, items: itemsIn(session, plainExchange) };
  const spellings = [known.value, ...parameter.examples.map(({ value }) => String(value))].filter(
    (value) => lastSegment(value) === id,
  );
  const answers = [];
  for (const value of new Set(spellings)) {
    const { query = [] } = wholePage(operation);
    const probe = await session.probe(operation, {
      name: `${header}: ${value}`,
      query,
      headers: { [header]: value },
      rule: 'parameters-accepted',
    });
    const guessed = known.guessed ? [...probe.guessed, header] : probe.guessed;
    const exchange = await session.get({ ...probe, guessed });
    if (exchange.response.status === 200) answers.push({ exchange, items: itemsIn(session, exchange) });
  }
  return { fields, id, plain, answers };
}

function itemsIn({ contract }: Session, exchange: Exchange): Item[] {
  return [bodyWithoutUnknownFields(contract, exchange)].flat().filter(isObject);
}

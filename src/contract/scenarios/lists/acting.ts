import { type Operation, type Parameter, userHeader } from '../../../document/index.js';
import { NotApplicable, NotCovered } from '../../errors.js';
import { type Item, itemsOfAnswer, keyField, keyOf, referredId } from '../../exchange/items.js';
import type { Exchange } from '../../model/exchange.js';
import type { Scenario } from '../../model/rule.js';
import type { Session } from '../../model/session.js';
import { isList } from '../../operation/success.js';
import { requireKnownCaller } from '../../probe/keys.js';
import { wholePage } from '../../probe/make-probe.js';
import { acceptsText } from '../../probe/values.js';
import { readPage, readWhole } from './pages.js';

/** A list that was asked for on behalf of one user, where it holds items of several. */
export interface Acting {
  header: string;
  /** Of the user. */
  id: string;
  exchange: Exchange;
  /** Place of the first item that belongs to another user, and that user, as far as the item names one. */
  stray: { at: string; owner: string } | undefined;
  /** Whether the item can't be everybody's, on our own server: it says whose it is, or the header left nothing out. */
  certain: boolean;
}

/** Finds whose an item is; undefined where it is nobody's in particular. */
type Owner = (item: Item) => string | undefined;

/** Asks for a list in the name of a user whom a request header names, such as `EvEnergy-User`. */
export const acting: Scenario<Acting> = {
  name: 'acting',
  priority: 3,
  requests: (operation) => (userHeader(operation) ? 1 : 0),
  notOnMock: 'the mock looks at no such header',
  async play(operation, session) {
    const header = userHeader(operation);
    if (!header || operation.method !== 'GET' || !isList(session.contract, operation))
      throw new NotApplicable('it lists nothing on behalf of a user');
    requireKnownCaller(session, operation);
    const { parameter, field } = header;
    const pages = await readWhole(operation, session);
    const items = pages.flatMap((page) => page.items);
    if (items.length === 0) throw new NotCovered('the collection is empty');
    const shown = (item: Item) => referredId(item[field]);
    const filter = operation.parameters.find(
      (one) => one.in === 'query' && !one.required && one.name === `${field}_id`,
    );
    if (!filter && items.every((item) => shown(item) === undefined))
      throw new NotApplicable('its items do not say whose they are');
    const isUser = (id: string | undefined) =>
      id !== undefined && acceptsText(session.contract, parameter, id);
    const users = [...new Set(items.map(shown).filter(isUser))];
    const [id, ownerOf] =
      users.length > 1
        ? [users.at(-1) ?? '', shown]
        : await byFilter(operation, session, { parameter, filter }, items);
    const { query = [] } = wholePage(operation);
    const probe = await session.probe(operation, {
      name: `${parameter.name}: ${id}, one of several`,
      query,
      headers: { [parameter.name]: id },
      // Whether the application may act for everybody whose items it sees is left open.
      expect: ['2XX', '403', '404'],
      rule: 'acts-for-user',
    });
    const exchange = await session.get(probe);
    const answered = itemsOfAnswer(exchange) ?? [];
    const index = answered.findIndex((item) => (ownerOf(item) ?? id) !== id);
    const item = answered[index];
    const owner = item && ownerOf(item);
    const at = item && Object.hasOwn(item, field) ? `/${index}/${field}` : `/${index}`;
    const stray = owner === undefined ? undefined : { at, owner };
    const isWhole = answered.length >= (pages[0]?.items.length ?? 0);
    const certain = session.target.own && (users.length > 1 || isWhole);
    return { header: parameter.name, id, exchange, stray, certain };
  },
};

/** Where items don't say whose they are, a filter by the user's id tells it, if the document has one. */
async function byFilter(
  operation: Operation,
  session: Session,
  { parameter, filter }: { parameter: Parameter; filter: Parameter | undefined },
  items: readonly Item[],
): Promise<[id: string, ownerOf: Owner]> {
  const known = session.ids.of(parameter);
  if (!filter || !known || (known.guessed && !session.target.knowsExamples))
    throw new NotCovered('the list shows the items of one user at most');
  const id = referredId(known.value) ?? '';
  const { query: size = [] } = wholePage(operation);
  const query = [...size, [filter.name, id] as const];
  const own = await readPage(session, operation, query, `${filter.name}=${id}`, 'succeeds');
  const key = keyField(operation, items);
  const mine = new Set(own?.keys);
  const others = new Set(items.map((item) => keyOf(item, key)).filter((one) => !mine.has(one)));
  if (mine.size === 0 || others.size === 0)
    throw new NotCovered('the list shows the items of one user at most');
  // An item that neither answer has shown may be new.
  return [id, (item) => (others.has(keyOf(item, key)) ? 'somebody else' : undefined)];
}

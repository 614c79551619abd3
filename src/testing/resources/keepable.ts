import {
  allProperties,
  goesOneWay,
  isObject,
  itemsOf,
  type Located,
  readServers,
  type Schema,
} from '../../document/index.js';
import { flatten } from '../made/flatten.js';
import { referralOf } from '../made/references.js';
import { invalidParameters } from '../problems.js';
import type { Call, SchemaErrors } from '../world.js';
import { leadsNowhere } from './follow.js';
import type { Resource } from './resource.js';

/** Fields as they are described, by name. */
export type Fields = ReadonlyMap<string, Located<Schema>>;

/**
 * What of a body can be kept, in the form in which answers show it: what only the API can say of an object is added.
 *
 * @param shown the fields as answers show them.
 * @throws Problem 400 for a reference that leads nowhere, and for an object that no answer could show.
 */
export function keepable(values: Resource, shown: Fields, call: Call): Resource {
  const errors = Object.entries(values).flatMap(([name, value]) =>
    strayReferences(value, shown.get(name), name, call),
  );
  if (errors.length > 0) throw invalidParameters(Object.fromEntries(errors), 'body');
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, whole(value, shown.get(name), name, call)]),
  );
}

/** The references in a value, and in what it holds, that lead to nothing of this API. */
function strayReferences(
  value: unknown,
  field: Located<Schema> | undefined,
  place: string,
  call: Call,
): [place: string, messages: string[]][] {
  if (!field) return [];
  const { document, schemas } = call.world;
  if (referralOf(document, flatten(document, field.value) ?? {})) {
    const texts = [value].flat().filter((one) => typeof one === 'string');
    const isShown = !schemas.check(field.pointer, value);
    const message = texts.map((text) => whyStray(text, isShown, call)).find((why) => why !== undefined);
    return message === undefined ? [] : [[place, [message]]];
  }
  if (Array.isArray(value)) {
    const items = itemsOf(document, field.value, field.pointer);
    return value.flatMap((one, index) => strayReferences(one, items, `${place}.${index}`, call));
  }
  if (!isObject(value)) return [];
  const members = allProperties(document, field.value, field.pointer);
  return Object.entries(value).flatMap(([name, one]) =>
    strayReferences(one, members.get(name), `${place}.${name}`, call),
  );
}

/** Of addresses on the document's servers, as its examples have them, the fake can't tell what they lead to. */
function whyStray(text: string, isShown: boolean, call: Call): string | undefined {
  // A name, which some APIs take in place of an address.
  if (!URL.canParse(text)) return isShown ? undefined : 'must be an address';
  const { document, places } = call.world;
  const servers = [places.linkBase, places.liveBase, ...readServers(document).map(({ url }) => url)];
  const hosts = servers.filter((url) => URL.canParse(url)).map((url) => new URL(url).host);
  if (!hosts.includes(new URL(text).host)) return 'must be an address of this API';
  return leadsNowhere(text, call) ? 'leads to nothing' : undefined;
}

/** @throws Problem 400 for an object where answers show objects too, and not with all that was sent. */
function whole(value: unknown, field: Located<Schema> | undefined, place: string, call: Call): unknown {
  const { document, schemas, fitted } = call.world;
  const errors = field && schemas.check(field.pointer, value);
  if (!errors) return value;
  const items = Array.isArray(value) ? itemsOf(document, field.value, field.pointer) : undefined;
  if (Array.isArray(value) && items)
    return value.map((one, index) => whole(one, items, `${place}.${index}`, call));
  const made = fitted(field.pointer, value);
  const members = allProperties(document, field.value, field.pointer);
  if (!isObject(value) || members.size === 0) return made;
  const isKept = (name: string) => {
    const member = members.get(name);
    const isHidden = member && goesOneWay(document, member.value, 'writeOnly', member.pointer);
    return isHidden || (isObject(made) && JSON.stringify(made[name]) === JSON.stringify(value[name]));
  };
  if (Object.keys(value).every(isKept)) return made;
  throw invalidParameters(placedAt(place, errors), 'body');
}

function placedAt(place: string, errors: SchemaErrors): SchemaErrors {
  const placed = Object.entries(errors).map(([at, messages]) => [at ? `${place}.${at}` : place, messages]);
  return Object.fromEntries(placed);
}

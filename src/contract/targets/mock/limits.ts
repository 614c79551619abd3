import { isDeepStrictEqual } from 'node:util';
import {
  declaredMedia,
  declaredResponse,
  type Example,
  type Header,
  isJson,
  isObject,
  type MediaType,
  parseJson,
  properties,
  resolve,
  type Schema,
  securityOf,
  tokens,
  walkSchemas,
} from '../../../document/index.js';
import type { Contract } from '../../model/contract.js';
import type { Exchange, Sent } from '../../model/exchange.js';
import type { Violation } from '../../model/violation.js';
import { isSendable, OWN_PROBLEMS } from './guard.js';

/** These are the document's fault: it declares nothing to answer with. */
const DOCUMENT_PROBLEMS = ['NO_RESPONSE_RESPONSE_DEFINED'];

const UNKNOWN_SCHEME =
  'it knows no security schemes but keys, passwords and tokens, and refuses everybody where one is not declared';
const NO_SUCCESS = 'it answers with an error where the document declares nothing else';
const MISREAD =
  'it reads some requests in another way than they are written, and ignores schemas that it cannot compile';
const UNSENDABLE =
  "it shows one example of a header, and none that says how an answer is sent or that a header can't carry";
const MADE_UP =
  'it makes up what the document has no example for, cuts short what contains itself, and misses parts of schemas';

/**
 * Why a finding is about Prism rather than the document; undefined if the document is at fault, as with an example that
 * its schema refuses.
 */
export function limitOfPrism(finding: Violation, contract: Contract): string | undefined {
  const { exchange } = finding;
  if (!exchange) return undefined;
  const own = ownProblem(exchange);
  if (own !== undefined) return own;
  if (finding.where === 'status' && isRefusal(exchange))
    return 'it refuses whatever is not valid with 422, else with 400';
  if (finding.where === 'status' && declaresNoSuccess(finding, contract)) return NO_SUCCESS;
  if (finding.where === 'status' && isMisread(finding, exchange, contract)) return MISREAD;
  if (finding.where === 'status' && isTokenAmiss(finding, exchange, contract)) return UNKNOWN_SCHEME;
  if (finding.where.startsWith('header')) return headerLimit(finding, exchange, contract);
  if (!finding.where.startsWith('body')) return undefined;
  const media = mediaOf(finding, exchange, contract);
  if (!media) return undefined;
  const example = media.examples.find(({ value }) => isDeepStrictEqual(value, exchange.json?.value));
  const status = valueAt(exchange.json?.value, ['status']);
  // A value that isn't a number can't be the status of another error; it is wrong in any case.
  if (finding.where === 'body /status' && exchange.response.status >= 400 && typeof status === 'number') {
    if (isShared(media, example, contract)) return 'it repeats the status of an example for several errors';
    return example || showsStatus(media, exchange, contract) ? undefined : MADE_UP;
  }
  if (example || comesFromDocument(finding, exchange, contract)) return undefined;
  return MADE_UP;
}

/** Prism's own answer if the document has none, or none that Prism could find. */
function ownProblem({ json }: Sent): string | undefined {
  const { type, title } = isObject(json?.value) ? json.value : {};
  if (typeof type !== 'string' || !type.startsWith(OWN_PROBLEMS)) return undefined;
  const name = type.slice(OWN_PROBLEMS.length);
  return DOCUMENT_PROBLEMS.includes(name)
    ? undefined
    : `it answers with a problem of its own: ${String(title)}`;
}

/** Whether this is the way Prism refuses any request that is wrong on purpose. */
function isRefusal(exchange: Sent): boolean {
  const { probe } = exchange as Partial<Exchange>;
  const { status } = exchange.response;
  return (
    probe?.breaks !== undefined &&
    probe.expect.every((one) => one.startsWith('4')) &&
    [400, 422].includes(status)
  );
}

function declaresNoSuccess({ operation: id }: Violation, { operations }: Contract): boolean {
  const responses = operations.find((one) => one.id === id)?.responses ?? [];
  return responses.length > 0 && responses.every(({ status }) => /^[45]/.test(status));
}

/**
 * Whether Prism refuses an ordinary request, whose values are those that the document allows, or takes a body that the
 * document refuses: what a body is, we know by the same document.
 */
function isMisread({ operation: id }: Violation, exchange: Sent, contract: Contract): boolean {
  const { probe } = exchange as Partial<Exchange>;
  const { body, headers } = exchange.request;
  const sent = headers['content-type'];
  const { status } = exchange.response;
  const operation = contract.operations.find((one) => one.id === id);
  const media = declaredMedia(operation?.requestBody?.content ?? [], sent);
  const json = body !== undefined && isJson(sent) ? parseJson(body) : undefined;
  const pointer = media?.schemaPointer;
  const isFit = json === undefined || pointer === undefined || contract.acceptsSent(pointer, json.value);
  return isFit ? probe?.breaks === undefined && [400, 422].includes(status) : status < 300;
}

/**
 * Whether each alternative of the operation needs a scheme that the document doesn't declare, or that Prism doesn't
 * know. It then answers 401 with a token, or not without.
 */
function isTokenAmiss({ operation: id }: Violation, { response }: Sent, contract: Contract): boolean {
  const operation = contract.operations.find((one) => one.id === id);
  const ways = operation ? securityOf(contract.document, operation) : [];
  const isUnknown = ways.every((all) => all.some(({ declared, kind }) => !declared || kind === 'other'));
  return ways.length > 0 && isUnknown && (response.status === 401 || response.status < 300);
}

function headerLimit(finding: Violation, { response }: Sent, contract: Contract): string | undefined {
  const name = /^header ([^,\s]+)/.exec(finding.where)?.[1]?.toLowerCase();
  const header = declaredFor(finding, response, contract)?.headers.find(
    (one) => one.name.toLowerCase() === name,
  );
  if (!header) return undefined;
  if (header.examples.some(({ value }) => !isSendable(header.name, value))) return UNSENDABLE;
  return response.headers.has(header.name) && isHeaderMadeUp(header, contract) ? MADE_UP : undefined;
}

/** Whether the value of a header was made from its schema alone, as `string` and 0 are. */
function isHeaderMadeUp(header: Header, contract: Contract): boolean {
  const schema = resolve<unknown>(contract.document, header.schema, header.schemaPointer ?? '#').value;
  const shown = isObject(schema) ? [schema.default, schema.enum, schema.const] : [];
  return header.examples.length === 0 && shown.every((one) => one === undefined);
}

function mediaOf(finding: Violation, { response }: Sent, contract: Contract): MediaType | undefined {
  const declared = declaredFor(finding, response, contract);
  return (
    declared && (declaredMedia(declared.content, response.headers.get('content-type')) ?? declared.content[0])
  );
}

function declaredFor({ operation: id }: Violation, { status }: Sent['response'], contract: Contract) {
  const operation = contract.operations.find((one) => one.id === id);
  return operation && declaredResponse(operation, status);
}

/** Whether the example, or the schema that the answer was made from, is used for several statuses. */
function isShared(media: MediaType, example: Example | undefined, contract: Contract): boolean {
  const source = example?.pointer ?? schemaOf(media, contract);
  return source !== undefined && (statusesBySource(contract).get(source)?.size ?? 0) > 1;
}

/** Whether the schema of a problem fixes the value of the member `status`. */
function showsStatus({ schema, schemaPointer }: MediaType, { json }: Sent, { document }: Contract): boolean {
  const status = schema === undefined ? undefined : properties(document, schema, schemaPointer).get('status');
  const located = status && resolve<Schema>(document, status.value, status.pointer).value;
  return isObject(located) && isObject(json?.value) && contains(located, json.value.status);
}

const known = new WeakMap<Contract, Map<string, Set<string>>>();

/** The statuses that each example and each schema is used for. */
function statusesBySource(contract: Contract): Map<string, Set<string>> {
  const found = known.get(contract) ?? new Map<string, Set<string>>();
  if (known.has(contract)) return found;
  known.set(contract, found);
  for (const { status, content } of contract.operations.flatMap(({ responses }) => responses)) {
    for (const media of content) {
      for (const source of [schemaOf(media, contract), ...media.examples.map(({ pointer }) => pointer)]) {
        if (source !== undefined) found.set(source, (found.get(source) ?? new Set()).add(status));
      }
    }
  }
  return found;
}

function schemaOf({ schema, schemaPointer = '#' }: MediaType, { document }: Contract): string | undefined {
  return schema === undefined ? undefined : resolve(document, schema, schemaPointer).pointer;
}

/** Whether the value comes from the document: from an example or default of the schema or of one around it. */
function comesFromDocument({ where, pointer }: Violation, { json }: Sent, { document }: Contract): boolean {
  if (pointer === undefined) return false;
  const value = valueAt(json?.value, tokens(where));
  let comes = false;
  // Schemas alone: a `default` or an `example` elsewhere may be an answer or a property of that name.
  walkSchemas(document, ({ example, examples, default: standard }, at) => {
    if (!`${pointer}/`.startsWith(`${at}/`)) return;
    const shown = [example, standard, ...(Array.isArray(examples) ? examples : [])];
    comes ||= shown.some((one) => one !== undefined && contains(one, value));
  });
  return comes;
}

function valueAt(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (part, name) =>
      typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[name] : undefined,
    value,
  );
}

function contains(whole: unknown, part: unknown): boolean {
  if (isDeepStrictEqual(whole, part)) return true;
  return (
    typeof whole === 'object' && whole !== null && Object.values(whole).some((one) => contains(one, part))
  );
}

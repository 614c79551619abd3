import { isObject, type Parameter, parseJson, readWebhooks, type Webhook } from '../../document/index.js';
import { cut, show } from '../../text/words.js';
import { unknownFields } from '../exchange/unknown-fields.js';
import { redactor } from '../exit/redactor.js';
import type { Contract } from '../model/contract.js';
import type { Sent } from '../model/exchange.js';
import { headerValue } from '../schema/header-value.js';
import { type ContractViolation, shown } from './check-exchange.js';
import { bodyText, type CheckExchangeOptions, contractFrom } from './given.js';

/** A received webhook, or only its event. */
export interface CheckableWebhook {
  /** Its text, its bytes, or the event in it, as `unwrapWebhook` returns it. */
  body: unknown;
  /** Default: not checked. */
  headers?: Headers | Readonly<Record<string, string>> | readonly (readonly [string, string])[];
}

/**
 * Checks a received webhook against the document: whether it has an event of that type, the headers, the body. Returns
 * an empty list if it conforms. It doesn't check the signature: `unwrapWebhook` of `ev-energy-client/webhooks` does.
 *
 * @throws DocumentError if the document can't be read.
 * @throws TypeError for an unknown option, RangeError for one with a wrong value; the message names it.
 * @example
 * const violations = await checkWebhook({ headers: request.headers, body: await request.text() });
 */
export async function checkWebhook(
  received: CheckableWebhook,
  options: CheckExchangeOptions = {},
): Promise<ContractViolation[]> {
  const contract = await contractFrom(options);
  if (!isObject(received) || !('body' in received)) {
    throw new TypeError(
      'checkWebhook takes an object with the body of the webhook, and its headers: { headers, body }',
    );
  }
  const text = bodyText(received.body);
  const headers = received.headers && new Headers(received.headers as HeadersInit);
  const redact = redactor([], { contract, exchanges: [sentAs(text.body, headers)] });
  const found = violationsOf(contract, text, headers, options.strict ?? false);
  return found.map((one) => shown(one, redact));
}

/** The webhook as an exchange, which has secrets in the same places. */
function sentAs(body: string, headers: Headers | undefined): Sent {
  const request = { method: 'POST', url: '', headers: Object.fromEntries(headers ?? []), body };
  const response = { status: 0, headers: new Headers(), body: '' };
  return { number: 1, name: 'the webhook', request, response, json: undefined };
}

function violationsOf(
  contract: Contract,
  { body, malformedText }: ReturnType<typeof bodyText>,
  headers: Headers | undefined,
  strict: boolean,
): ContractViolation[] {
  const json = malformedText ? undefined : parseJson(body);
  if (!json) {
    const [expected, found] = malformedText
      ? ['UTF-8', 'bytes that are not']
      : ['JSON', cut(body) || 'an empty body'];
    return [violation(undefined, { rule: 'body-json', where: 'body', expected, found })];
  }
  const webhooks = readWebhooks(contract.document);
  const type = isObject(json.value) ? json.value.type : undefined;
  const webhook = webhooks.find((one) => one.type === type);
  if (!webhook) {
    const types = webhooks.map((one) => show(one.type)).join(', ');
    const expected = types === '' ? 'no webhook: the document describes none' : `one of ${types}`;
    const where = 'body /type';
    return [
      violation(undefined, {
        rule: 'webhook-declared',
        where,
        expected,
        found: show(type),
        pointer: '#/webhooks',
      }),
    ];
  }
  return [
    ...(headers ? headerViolations(contract, webhook, headers) : []),
    ...bodyViolations(contract, webhook, json.value, strict),
  ];
}

function headerViolations(contract: Contract, webhook: Webhook, headers: Headers): ContractViolation[] {
  return webhook.headers.flatMap((header) => {
    const text = headers.get(header.name);
    const where = `header ${header.name}`;
    if (text !== null) return valueViolations(contract, webhook, header, text);
    if (!header.required) return [];
    const expected = 'this header, which is required';
    const { pointer } = header;
    return [
      violation(webhook, { rule: 'header-present', where, expected, found: 'no such header', pointer }),
    ];
  });
}

function valueViolations(
  contract: Contract,
  webhook: Webhook,
  header: Parameter,
  text: string,
): ContractViolation[] {
  const value = headerValue(contract.document, header, text);
  return contract
    .errors(header.schemaPointer, value)
    .map(({ expected, found, pointer }) =>
      violation(webhook, { rule: 'header-valid', where: `header ${header.name}`, expected, found, pointer }),
    );
}

function bodyViolations(
  contract: Contract,
  webhook: Webhook,
  event: unknown,
  strict: boolean,
): ContractViolation[] {
  const at = webhook.content?.schemaPointer;
  if (at === undefined) return [];
  const wrong = contract
    .errors(at, event)
    .map(({ path, expected, found, pointer }) =>
      violation(webhook, { rule: 'body-schema', where: `body ${path}`.trimEnd(), expected, found, pointer }),
    );
  if (!strict) return wrong;
  const unknown = unknownFields(contract, at, event).map(({ path, value, pointer }) =>
    violation(webhook, {
      rule: 'unknown-fields',
      where: `body ${path}`,
      expected: 'a field that the document knows',
      found: show(value),
      pointer,
    }),
  );
  return [...wrong, ...unknown];
}

function violation(
  webhook: Webhook | undefined,
  finding: Omit<ContractViolation, 'operation' | 'pointer'> & { pointer?: string },
): ContractViolation {
  return { pointer: undefined, ...finding, operation: webhook?.name };
}

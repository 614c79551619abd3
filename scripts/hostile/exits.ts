import { inspect } from 'node:util';
import { outlet } from '../../src/contract/cli/output.js';
import { redactor } from '../../src/contract/exit/redactor.js';
import { clientCredentials, EvEnergy, type EvEnergyOptions } from '../../src/index.js';
import { validators } from '../../src/validators.js';

/** A way in which foreign text with a secret in it gets out of the client or of a report. */
export type Exit = (text: string, secret: string) => Promise<string> | string;

const BASE = 'http://127.0.0.1:9/v2';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Everything that an error shows, in any representation. */
export function shown(error: unknown): string {
  const { stack, message } = error as Error;
  return [
    inspect(error, { depth: 9, showHidden: true, maxStringLength: null }),
    stack,
    message,
    json(error),
  ].join('\n');
}

function json(error: unknown): string {
  return JSON.stringify(error) ?? '';
}

/** What a client shows of an answer: in its error, its log and its observers' events. */
async function client(
  secret: string,
  answer: () => Response,
  options: EvEnergyOptions = {},
  ask: (ev: EvEnergy) => Promise<unknown> = (ev) => ev.evseMakes.list().then(),
): Promise<string> {
  const said: string[] = [];
  const log = (message: string) => void said.push(message);
  const ev = new EvEnergy({
    baseUrl: BASE,
    accessToken: secret,
    maxRetries: 0,
    fetch: async () => answer(),
    logger: { debug: log, info: log, warn: log, error: log },
    logLevel: 'debug',
    onRequest: (event) => void said.push(inspect(event, { depth: 9 })),
    onResponse: ({ headers, ...event }) =>
      void said.push(inspect({ ...event, headers: [...(headers ?? [])] }, { depth: 9 })),
    ...options,
  });
  const error = await ask(ev).catch((thrown: unknown) => thrown);
  return [shown(error), ...said].join('\n');
}

const problem = (body: object) => () =>
  new Response(JSON.stringify(body), {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
  });

/** Characters of a header's name. */
const fieldName = (text: string) => text.replace(/[^\w-]/g, '').slice(0, 200);

/** Header values can't contain line breaks. */
const oneLine = (text: string) => text.replace(/[^\x20-\x7e]/g, ' ').trim();

export const EXITS: Readonly<Record<string, Exit>> = {
  'the detail of a problem': (text, secret) => client(secret, problem({ title: 'No', detail: text })),
  'the name of a field': (text, secret) => client(secret, problem({ field_errors: { [text]: ['wrong'] } })),
  'an HTML page': (text, secret) =>
    client(
      secret,
      () => new Response(`<p>${text}</p>`, { status: 502, headers: { 'content-type': 'text/html' } }),
    ),
  'a success that is no JSON': (text, secret) =>
    client(secret, () => new Response(`sent: ${text}`, { headers: JSON_TYPE })),
  'a header of an error': (text, secret) =>
    client(
      secret,
      () => new Response('', { status: 404, headers: { 'x-echo': oneLine(text), allow: oneLine(text) } }),
    ),
  'a name of a header': (text, secret) =>
    client(secret, () => new Response('', { status: 404, headers: { [`x-${fieldName(text)}`]: '1' } })),
  'a cookie that is set, and repeated': (text, secret) => {
    const headers = {
      'set-cookie': `sid=${secret}; Path=/; Secure`,
      'content-type': 'application/problem+json',
    };
    const body = JSON.stringify({ detail: text });
    return client('another-token', () => new Response(body, { status: 400, headers }));
  },
  'an answer that sets more cookies than are remembered': (text, secret) => {
    const answer = problem({ detail: text })();
    for (let at = 0; at < 250; at++) answer.headers.append('set-cookie', `a=cookie-${at}-abcdefgh`);
    return client(secret, () => answer);
  },
  'what an observer throws': (text, secret) =>
    client(secret, () => new Response('[]', { headers: JSON_TYPE }), {
      onRequest: () => {
        throw new Error(text);
      },
    }),
  'an answer to a client whose application has the secret': (text, secret) => {
    const token = async () =>
      new Response('{"access_token":"t-1","token_type":"bearer"}', { headers: JSON_TYPE });
    const application = { baseUrl: BASE, clientId: 'client', clientSecret: secret, fetch: token };
    return client('', problem({ detail: text }), {
      accessToken: undefined,
      auth: clientCredentials(application),
    });
  },
  "the transport's error and its causes": (text, secret) =>
    client(secret, () => {
      throw new TypeError(text, { cause: Object.assign(new Error(`inner ${text}`), { code: text }) });
    }),
  'a violation of the document': (text, secret) =>
    client(
      secret,
      () => new Response(JSON.stringify([{ [text]: 1, name: text }, text]), { headers: JSON_TYPE }),
      {
        validators,
        validate: 'error',
      },
    ),
  'a link to a server that is none of ours': (text, secret) =>
    client(
      secret,
      () =>
        new Response('[]', {
          headers: {
            ...JSON_TYPE,
            link: `<https://${encodeURIComponent(text)}.example/?page_after=1>; rel="next"`,
          },
        }),
      {},
      async (ev) => (await ev.evseMakes.list()).next(),
    ),
  'a cursor that comes again': (text, secret) =>
    client(
      secret,
      () =>
        new Response('[]', {
          headers: {
            ...JSON_TYPE,
            link: `<${BASE}/evse_makes?page_after=${encodeURIComponent(text)}>; rel="next"`,
          },
        }),
      {},
      (ev) => ev.evseMakes.list().toArray(),
    ),
  'the error of a token endpoint': (text, secret) => oauth(secret, { error: text }),
  'the words of a token endpoint': (text, secret) =>
    oauth(secret, { error: 'invalid_client', error_description: text }),
  'the words of a token endpoint, between marks that RFC 6749 keeps out of them': (text, secret) =>
    oauth(secret, { error: 'invalid_client', error_description: [...text].join('"é') }),
  'the error of a token endpoint that has issued the secret before': async (text, secret) => {
    const answers = [
      new Response(JSON.stringify({ access_token: secret, token_type: 'bearer' }), { headers: JSON_TYPE }),
      new Response(JSON.stringify({ error: text, error_description: text }), {
        status: 400,
        headers: JSON_TYPE,
      }),
    ];
    const fetch = async () => answers.shift() ?? new Response('');
    const source = clientCredentials({ baseUrl: BASE, clientId: 'id', clientSecret: 'another-one', fetch });
    source.reject?.(await source.token());
    return shown(await Promise.resolve(source.token()).catch((thrown: unknown) => thrown));
  },
  'a value in a report': (text, secret) => redactor([secret]).found('body /0/name', text),
  'the name of a member in a report': (text, secret) => redactor([secret]).text(`body /0/${text}`),
  'an exchange in a report': (text, secret) =>
    inspect(
      redactor([secret]).sent({
        number: 1,
        name: text,
        request: {
          method: 'GET',
          url: `${BASE}/x?page_after=${text}`,
          headers: { accept: text },
          body: text,
        },
        response: {
          status: 400,
          headers: new Headers({ server: oneLine(text), link: `<${oneLine(text)}>` }),
          body: JSON.stringify({ [text]: [text] }),
        },
        json: { value: { [text]: [text] } },
      }),
      { depth: 9, maxStringLength: null },
    ),
  'the terminal': (text, secret) => {
    let written = '';
    const stream = { write: (part: string) => (written += part) };
    const io = { stdout: stream, stderr: stream, environment: { EV_ENERGY_CLIENT_SECRET: secret } };
    outlet(io, []).stderr.write(`Refused: ${text}\n`);
    return written;
  },
};

async function oauth(secret: string, body: object): Promise<string> {
  const fetch = async () => new Response(JSON.stringify(body), { status: 400, headers: JSON_TYPE });
  const source = clientCredentials({ baseUrl: BASE, clientId: 'client', clientSecret: secret, fetch });
  return shown(await Promise.resolve(source.token()).catch((thrown: unknown) => thrown));
}

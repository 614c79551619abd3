import type { Weather } from './harmless.js';

export const logs = { logs: 300, latency: [50, 800] } as const;
const states = { states: 400, latency: [50, 800] } as const;

/** Spellings of one list of links that RFC 8288 allows. */
const spellings: Readonly<Record<string, (header: string) => string>> = {
  'without quotes': (header) => header.replaceAll('"', ''),
  'in upper case': (header) => header.replaceAll('rel=', 'REL=').replaceAll('"next"', '"NEXT"'),
  'with spaces around the equals sign': (header) => header.replaceAll('rel=', 'rel = '),
  'with several relations': (header) => header.replaceAll('"next"', '"next last"'),
  'with a title before': (header) => header.replaceAll('; rel', '; title="a, <b>; rel=\\"prev\\""; rel'),
  'with parameters without a value': (header) => header.replaceAll('; rel', '; crossorigin; rel'),
  'with empty elements': (header) => `, ${header.replaceAll('>, <', '>, , <')} ,`,
  'with an encoded title': (header) => header.replaceAll('; rel', "; title*=UTF-8''n%c3%a4chste; rel"),
  'with a second relation that does not count': (header) => `${header}; rel="self"`,
  'with a link of something else before': (header) => `<?page=9>; rel="next"; anchor="/other", ${header}`,
  'without spaces': (header) => header.replaceAll('; ', ';').replaceAll(', ', ','),
  'with relative targets': (header) => header.replaceAll(/<https?:\/\/[^/>]+/g, '<'),
};

/** What happens on servers that conform. */
export const weathers: Readonly<Record<string, Weather>> = {
  'new logs all the time, while old ones expire': logs,
  'states that change all the time': states,
  'a replica that is behind': { ...logs, ...states, lag: 2000 },
  'an hour that others use too': { quota: 'falls' },
  'an hour in which the requests of others expire': { quota: 'rises' },
  'an hour that is reset': { quota: 'resets' },
  'an hour in which as many requests expire as are sent': { quota: 'stands still' },
  'an hour that each of two gateways counts for itself': { quota: 'is counted twice' },
  'a gateway that fails now and then': { gatewayErrors: 100 },
  'connections that are reset now and then': { resets: 50 },
  'answers that take their time': { latency: [50, 800] },
  'the headers of gateways': { gateway: true },
  'a clock that is fast': { clock: 300_000 },
  'a clock that is slow': { clock: -300_000 },
  'no objects at all': { parents: 0 },
  'one object': { parents: 1 },
  'five thousand objects': { parents: 5000 },
  'moments in another spelling': { moments: true },
  'each spelling of links': { links: Object.values(spellings) },
  'all of it at once': {
    ...logs,
    ...states,
    lag: 2000,
    quota: 'falls',
    gatewayErrors: 100,
    resets: 50,
    gateway: true,
    clock: -300_000,
    moments: true,
    links: Object.values(spellings),
  },
};

/** Each spelling of links by itself. */
export const spelled: Readonly<Record<string, Weather>> = Object.fromEntries(
  Object.entries(spellings).map(([name, spell]) => [`links ${name}`, { links: [spell] }]),
);

import { PAGE_SIZE } from '../src/document/index.js';
import { Problem } from '../src/testing/index.js';
import { garden } from './garden.js';
import {
  answers,
  asking,
  type Body,
  type Change,
  contract,
  counting,
  createdAt,
  errors,
  exhausting,
  header,
  inMilliseconds,
  items,
  link,
  oneItem,
  overlooking,
  shuffled,
  successes,
  to,
} from './kit.js';

/** A way in which a server may differ and still conform. */
export type Variation = readonly [
  name: string,
  change: Change,
  /** Rules that note it; most variations aren't worth a word. */
  notes?: readonly string[],
];

const LOGS = to('/status_logs');
const MAKES = to('/evse_makes');
const MAKE = to('/{evse_make_id}');

/** Plants with names, sorted in a way. */
function sortedNames(names: readonly string[], compare: (a: string, b: string) => number): Change {
  return {
    behaviours: {
      filter: (filter) => (all, collection, call) => {
        for (const [index, plant] of all.entries()) plant.name = names[index % names.length];
        return filter(all, collection, call);
      },
      paginate: (paginate) => (all, collection, call) => {
        const direction = call.query.sort === 'name' ? 1 : call.query.sort === '-name' ? -1 : 0;
        const byName = (a: Body, b: Body) => direction * compare(a.name, b.name);
        return paginate(direction === 0 ? all : [...all].sort(byName), collection, call);
      },
    },
  };
}

/** Cuts longer pages than it gives to anyone. */
function upTo(most: number, normal: number): Change {
  return {
    behaviours: {
      paginate: (paginate) => (all, collection, call) => {
        const size = Math.min(most, Number(call.query[PAGE_SIZE] ?? normal));
        return paginate(all, collection, { ...call, query: { ...call.query, [PAGE_SIZE]: size } });
      },
    },
  };
}

// biome-ignore format: a table reads by its rows
export const variations: readonly Variation[] = [
  ['makes have a new field', items((make) => { make.country = 'GB'; }, (to) => MAKES(to) || MAKE(to)), ['unknown-fields']],
  ['only the list shows a new field', items((make, index) => { make.position = index; }, MAKES), ['unknown-fields']],
  ['a new field has another value each time', counting(() => {
    let served = 0;
    return items((log) => { served += 1; log.served = served; }, LOGS);
  }), ['unknown-fields']],
  ['an expanded EVSE has a new field', items((log) => { if (log.evse?.id) log.evse.colour = 'white'; }, LOGS), ['unknown-fields']],
  ['problems have a new member', errors((response) => { (response.body as Body).trace_id = 'ab12'; }), ['unknown-fields']],
  ['answers have a new header of the API', header('X-EvEnergy-Region', 'eu-west-2'), ['unknown-headers']],
  ['answers have headers of a proxy', answers((response) => {
    Object.assign(response.headers, { Via: '1.1 proxy', 'Cache-Control': 'no-cache', Vary: 'Accept', 'X-Request-Id': '7', Server: 'nginx' });
  })],
  ['members come in another order', answers((response) => { response.body = shuffled(response.body); })],
  ['bodies are indented', successes((body) => JSON.stringify(body, null, 2))],
  ['media types carry a charset', header('Content-Type', (current) => (current ? `${current}; charset=utf-8` : undefined))],
  ['media types are in upper case', header('Content-Type', (current) => (current ? current.toUpperCase() : undefined))],
  ['header names are in another case', answers((response) => {
    response.headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toUpperCase(), value]));
  })],
  ['the version is spelled 2.0', header('EvEnergy-Version', '2.0')],
  ['a Link header has further links', link((current) => `${current}, <https://api.ev.energy/v2/docs>; rel="help"; title="a, b"`)],
  ['links are in another order and without quotes', link((current) => current.split(', ').reverse().join(',').replaceAll('"', ''))],
  ['the previous page is called prev', link((current) => current.replace('rel="previous"', 'rel="prev"'))],
  ['links name the live host', link((current) => current.replaceAll(/http:\/\/127[^/]+/g, 'https://api.ev.energy'))],
  ['links and URLs name the live server', answers((response) => {
    const live = (text: string) => text.replaceAll('https://fake.invalid/v2', 'https://api.ev.energy/v2');
    if (response.headers.Link) response.headers.Link = live(String(response.headers.Link));
    if (response.status === 200) response.body = live(JSON.stringify(response.body));
  })],
  ['icons are beside the API on its host', {
    prepare(fake) {
      const makes = fake.world.store.collection('/evse_makes', [])?.items ?? [];
      for (const make of makes) make.icon = 'https://fake.invalid/icons/make.png';
    },
  }],
  ['problems have the root for their instance', errors((response) => { (response.body as Body).instance = '/'; })],
  ['problems ask in capitals', errors((response) => { (response.body as Body).detail = 'Please SELECT an "id" of the list.'; })],
  ['bounds the wrong way round select nothing', {
    behaviours: {
      filter: (filter) => (all, collection, call) => {
        const { sampled_at__gte: from, sampled_at__lte: to } = call.query;
        return from && to && Date.parse(String(from)) > Date.parse(String(to)) ? [] : filter(all, collection, call);
      },
    },
  }],
  ['onboarding leads to a page with a client of its own', { operations: ['get-evse_onboarding'],
    ...header('Location', (current) => (current ? `${current}&client_id=their-own&response_type=code` : undefined)) }, ['unknown-headers']],
  ['icons are signed anew for each answer', counting(() => {
    let served = 0;
    return items((make) => {
      served += 1;
      if (make.icon) make.icon += `?signature=${served}`;
    }, (to) => MAKES(to) || MAKE(to));
  }), ['context-only', 'list-retrieve', 'repeat-agrees']],
  ['links end with a slash', link((current) => current.replaceAll('?', '/?'))],
  ['links have their parameters in another order', link((current) => current.replaceAll(/\?([^&>]+)&([^&>]+)>/g, '?$2&$1>'))],
  ['optional fields are left out', items((log) => { delete log.mode; delete log.is_enabled; delete log.logged_at; }, LOGS)],
  ['nullable fields are null', items((log) => { for (const name of ['mode', 'voltage_millivolts', 'is_charging']) log[name] = null; }, LOGS)],
  ['retrieving spells URLs with a slash at the end', items((make) => { make.url = `${make.url}/`; }, MAKE)],
  ['problems have no instance', errors((response) => { delete (response.body as Body).instance; })],
  ['problems leave the status to the answer', errors((response) => { delete (response.body as Body).status; })],
  ['problems are worded differently', errors((response) => { Object.assign(response.body as Body, { title: 'Oh no', detail: 'See <the docs>.' }); })],
  ['problems name each field of the request', errors((response) => {
    const body = response.body as Body;
    if (body.field_errors) body.field_errors.other = ['also wrong'];
  })],
  ['a link has a relation that nobody knows', link((current) => `${current}, <https://api.ev.energy/v2/x>; rel="nxt"`), ['link-relations']],
  ['answers may be kept by shared caches', header('Cache-Control', 'public, max-age=60', LOGS), ['private-cache']],
  ['the server names its version', header('Server', 'gunicorn/20.1.0'), ['server-version']],
  ['times say that they are UTC in another way', items((log) => {
    if (log.logged_at) log.logged_at = log.logged_at.replace('Z', '+00:00');
  }, LOGS)],
  ['problems have a number for their instance', errors((response) => { (response.body as Body).instance = 'urn:uuid:01234567-89ab-4cde-8f01-23456789abcd'; })],
  ['texts are beyond ASCII', oneItem((item) => item.id === 'emak01HTC6Y0QJP1XPA7Z3DJ8FSSZ5', (make) => { make.name = 'Zéphyr Ã'; })],
  ['a new problem type', errors((response) => {
    const body = response.body as Body;
    if (body.type?.includes('validation')) body.type = 'https://api.ev.energy/v2/problems/teapot/';
  }), ['problem-type']],
  ['refusals give no hint of how to do better', errors((response) => {
    delete response.headers['WWW-Authenticate'];
    delete response.headers.Allow;
  }), ['challenge']],
  ['what is left rises once, as the hour rolls', header('X-RateLimit-Remaining', (current) => String(Number(current) + (Number(current) > 50 && Number(current) < 850 ? 60 : 0)))],
  ['the caller has another limit', { rateLimit: 4000 }],
  ['filters take ids of another form', overlooking('available_for_user_id', (value) => value === 'not-a-value'), ['malformed-parameter']],
  ['a user that is none is ignored', {
    behaviours: {
      readParameters: (read) => (call) => {
        if (call.request.headers['evenergy-user'] === 'not-a-value') delete call.request.headers['evenergy-user'];
        return read(call);
      },
    },
  }, ['malformed-parameter']],
  ['a user who is nobody is ignored', {
    behaviours: {
      actingUser: (acting) => (call) => {
        try {
          return acting(call);
        } catch {
          return undefined;
        }
      },
    },
  }, ['unknown-user']],
  ['malformed ids are not found', errors((response, { request }) => {
    if (!request.url.pathname.includes('not-an-id')) return;
    Object.assign(response, new Problem(404, 'Not found', 'No.').response('', '/'), { headers: response.headers });
  }, 400)],
  ['times have three decimals or none', items((log) => {
    if (log.logged_at) log.logged_at = log.logged_at.replace(/\.\d+Z/, 'Z');
  }, LOGS)],
  ['retrieving a log spells its time in another way', { operations: ['get-evses-evse_id-status_logs-timestamp'],
    ...items((log) => { log.sampled_at = log.sampled_at.replace(/0*Z$/, '+00:00'); }, to('/{sampled_at}')) }],
  ['the wait of a 429 is a whole hour', exhausting(header('Retry-After', (current) => (current ? '3600' : undefined)))],
  ['a body lists its errors by no field', garden(errors((response, { request }) => {
    if (request.method === 'POST') (response.body as Body).title = 'Not this';
  })), ['unknown-fields', 'unknown-headers']],
  ['HEAD is not found', answers((response, { request }) => {
    if (request.method === 'HEAD') response.status = 404;
  }), ['head-answers']],
  ['a token is taken from the query too', {
    behaviours: {
      authenticate: (authenticate) => (request, world) => {
        const token = request.url.searchParams.get('access_token');
        const headers = token === null ? request.headers : { ...request.headers, authorization: `Bearer ${token}` };
        return authenticate({ ...request, headers }, world);
      },
    },
  }, ['query-token']],
  ['a change sets a time that cannot be sent', garden({ behaviours: {
    update: (update) => (call) => {
      const { item } = call.world.behaviours.find(call);
      item.planted = '2026-05-05T05:05:05Z';
      return update(call);
    },
  } }), ['unknown-fields', 'unknown-headers']],
  ['what is created gets a name in another form', garden({ behaviours: {
    create: (create) => (call) => {
      const { name, ...others } = call.body as Body;
      return create({ ...call, body: { ...others, name: String(name).toUpperCase() } });
    },
  } }), ['unknown-fields', 'unknown-headers']],
  ['what is measured is another each time it is asked for', {
    operations: ['get-evses-evse_id-connectivity'],
    ...counting(() => {
      let reads = 0;
      return items((measured) => { measured.signal_strength_rssi_dbm = -(reads++); }, to('/connectivity'));
    }),
  }, ['expand-keeps', 'repeat-agrees']],
  ['a state follows what was changed', garden({ behaviours: {
    update: (update) => (call) => {
      call.world.behaviours.find(call).item.stage = 'GROWN';
      return update(call);
    },
  } }), ['change-only', 'unknown-fields', 'unknown-headers']],
  ['most queries show all of a short list', garden({}, 3), ['unknown-fields', 'unknown-headers']],
  ['a URL with a parameter that nobody knows is not found', asking(({ url }) =>
    url.searchParams.has('not_a_parameter') && !url.pathname.endsWith('/evse_makes'), 404), ['unknown-parameter']],
  ['times are kept in milliseconds, which two logs share', inMilliseconds(), ['expand-keeps', 'walk-once']],
  ['names are sorted as a dictionary does, those without one first, and an unknown order is the usual one', garden({ behaviours: {
    ...overlooking('sort', (value) => value.startsWith('not')).behaviours,
    filter: (filter) => (all, collection, call) => {
      all.forEach((plant, index) => { plant.name = [null, 'élan', 'Ebbe', 'e.On', 'zoé', 'Ähre', 'ÅS', 'plant 10', 'Plant-9'][index % 9]; });
      return filter(all, collection, call);
    },
    paginate: (paginate) => (all, collection, call) => {
      const direction = call.query.sort === 'name' ? 1 : call.query.sort === '-name' ? -1 : 0;
      const byName = (a: Body, b: Body) => direction * (a.name ?? '').localeCompare(b.name ?? '');
      return paginate(direction === 0 ? all : [...all].sort(byName), collection, call);
    },
  } }), ['malformed-parameter', 'unknown-fields', 'unknown-headers']],
  ['names are sorted by code points', garden(sortedNames(['Ａ', '😀a', 'ガ', '\uD7A3'], (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))), ['unknown-fields', 'unknown-headers']],
  ['names are sorted as in Danish', garden(sortedNames(['å', 'az', 'öl', 'ozz', 'ø'], new Intl.Collator('da').compare)), ['unknown-fields', 'unknown-headers']],
  ['names are sorted as in Czech', garden(sortedNames(['ch', 'cz', 'hz', 'i'], new Intl.Collator('cs').compare)), ['unknown-fields', 'unknown-headers']],
  ['a page size without a value is taken as none', overlooking(PAGE_SIZE, (value) => value === ''), ['odd-query']],
  ['a parameter that nobody knows is refused', asking(({ url }) => url.searchParams.has('not_a_parameter'), 400)],
  ['all objects have a new field, of another value each time', {
    ...garden({}),
    ...counting(() => {
      let served = 0;
      return answers(({ body }) => {
        for (const plant of [body].flat() as Body[])
          for (const object of [plant, plant?.bed, plant?.neighbour]) if (object?.id) object.served = ++served;
      });
    }),
  }, ['unknown-fields', 'unknown-headers']],
  ['pages hold no more than ten', garden(upTo(10, 5), 37), ['page-size', 'unknown-fields', 'unknown-headers']],
  ['pages hold no more than twenty, fewer than the default', { document: contract.document, operations: ['get-evse_makes'], ...upTo(20, 25) }, ['page-size', 'page-size-default']],
  ['a user whom nobody knows is forbidden', asking(({ headers }) => headers['evenergy-user'] === 'not-a-value', 403), ['malformed-parameter']],
  ['what was created has a Location behind a gateway', garden(createdAt((id) => `/proxy/garden/plants/${id}/?v=1`)), ['unknown-fields', 'unknown-headers']],
  ['some plants are everybody\'s', garden({ behaviours: { paginate: (paginate) => (all, collection, call) => {
    const seen = collection.items.filter((plant) => all.includes(plant) || String(plant.id).endsWith('5'));
    return paginate(call.request.headers['garden-user'] ? seen : all, collection, call);
  } } }), ['acts-for-user', 'unknown-fields', 'unknown-headers']],
  ['a user who has not agreed is forbidden', { operations: ['get-evses'], ...asking(({ headers }) =>
    /^user/.test(headers['evenergy-user'] ?? '') && headers['evenergy-user'] !== 'user01HN2NJ9NMRZBXT1H6FT9N7735', 403) }],
  ['what has no value is left out, and a range leaves out its ends', garden({
    ...items((plant) => { if (plant.name === null) delete plant.name; }),
    prepare: ({ world }) => {
      for (const plant of world.store.collection('/plants', [])?.items ?? []) if (/[048]$/.test(String(plant.id))) plant.name = null;
    },
    behaviours: { filter: (filter) => (all, collection, call) => {
      const ends = String(call.query.planted__range).split(',');
      return filter(all, collection, call).filter((plant) => !ends.includes(String(plant.planted)));
    } },
  }), ['unknown-fields', 'unknown-headers']],
  ['what belongs to an object is deleted with it', garden({ behaviours: { remove: (remove) => (call) => {
    const answer = remove(call);
    call.world.store.collection('/plants', [])?.items.splice(-2);
    return answer;
  } } }), ['unknown-fields', 'unknown-headers']],
  ['a change is made to two others that belong to it', garden({ behaviours: { update: (update) => (call) => {
    const answer = update(call);
    for (const plant of call.world.store.collection('/plants', [])?.items.slice(-2) ?? []) Object.assign(plant, call.body);
    return answer;
  } } }), ['unknown-fields', 'unknown-headers']],
  ['deleting a second time succeeds again', garden({ behaviours: {
    remove: (remove) => (call) => {
      try {
        return remove(call);
      } catch {
        return { status: 204 };
      }
    },
  } }), ['unknown-fields', 'unknown-headers']],
];

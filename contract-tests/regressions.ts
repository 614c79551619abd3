import { PAGE_AFTER, PAGE_BEFORE, PAGE_SIZE } from '../src/document/index.js';
import { parseInstant } from '../src/document/values/instant.js';
import { Problem, reset } from '../src/testing/index.js';
import { sort as sortItems } from '../src/testing/resources/sorting.js';
import { DEFAULT_PAGE, LARGEST_PAGE } from './fixtures/evses.js';
import { garden, gardenItem } from './garden.js';
import {
  answers,
  asking,
  type Body,
  type Change,
  counting,
  createdAt,
  cutting,
  errors,
  exhausting,
  expanding,
  filtering,
  having,
  header,
  inMilliseconds,
  items,
  link,
  numbered,
  oneItem,
  oneItemOf,
  overlooking,
  pages,
  remembering,
  selecting,
  successes,
  to,
} from './kit.js';

/** A single way in which a server may stop to conform. */
export type Regression = readonly [
  /** What the server does. */
  name: string,
  /** The rule that finds it. */
  rule: string,
  change: Change,
  /** Rules that find what follows from it. */
  also?: readonly string[],
];

const LOGS = to('/status_logs');
const MAKES = to('/evse_makes');
const ITEM = '/{evse_make_id}';
const MAKE = to(ITEM);
const ZEPHYR = 'emak01HTC6Y0QJP1XPA7Z3DJ8FSSZ5';
const EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';
const zephyr = (item: Body) => item.id === ZEPHYR;
/** The last log of the second long page. */
const thatLog = (item: Body) => item.sampled_at?.startsWith('2026-06-30T14:37:10');
const LOG = 'get-evses-evse_id-status_logs-timestamp';
const same = (a: string, b: string | undefined) => b !== undefined && parseInstant(a) === parseInstant(b);
const ofLogs = (change: Change): Change => ({ ...change, operations: ['get-evses-evse_id-status_logs'] });
/** Of three logs in a row, the second has the time of the first. */
const inPairs = (change: Change): Change => ({
  ...change,
  behaviours: {
    ...change.behaviours,
    filter: (filter) => (all, collection, call) => {
      const time = (index: number) => String(all[index]?.sampled_at);
      const paired = all.map((log, index): Body => {
        const [own, other] = [time(index), time(index - 1)];
        return index % 3 === 1 ? JSON.parse(JSON.stringify(log).replaceAll(own, other)) : log;
      });
      return filter(paired, collection, call);
    },
  },
});
const OTHER_EVSE = (call: Body) => call.world.store.collection('/evses', []).items[1];

// biome-ignore format: a table reads by its rows
export const regressions: readonly Regression[] = [
  // Statuses
  ['a list answers 206 in place of 200', 'status-declared', answers((response) => {
      if (response.status === 200) response.status = 206;
    }, MAKES)],
  ['retrieving fails with a 500', 'status-declared', answers((response) => {
      if (response.status === 200) Object.assign(response, new Problem(500, 'Error', 'Sorry.').response('', ''));
    }, MAKE)],
  ['a 422 has taken the place of the 400', 'status-declared', errors((response) => {
      response.status = 422;
      (response.body as Body).status = 422;
    }, 400)],
  ['a collection has moved: 301', 'status-declared', answers((response) => {
      if (response.status === 200) Object.assign(response, { status: 301, headers: { Location: '/v3' } });
    }, MAKES)],
  ['the logs are forbidden to everybody', 'succeeds', answers((response) => {
      const { headers } = response;
      if (response.status !== 200) return;
      Object.assign(response, new Problem(403, 'Forbidden', 'No.').response('', '/'));
      response.headers = { ...headers, 'Content-Type': 'application/problem+json' };
    }, LOGS), ['accept-language', 'accept-ranges', 'each-parent', 'other-etag', 'parameters-accepted', 'scheme-case']],
  ['one make of the list cannot be retrieved', 'list-retrievable', {
      behaviours: {
        find: (find) => (call) => {
          const found = find(call);
          if (!call.operation.path.endsWith(ITEM) || ['Cartwright', 'Amberline', 'BG SyncEV'].includes(String(found.item.name))) return found;
          throw new Problem(404, 'Not found', 'There is no such make.');
        },
      },
    }],
  ['a page of one is refused', 'parameters-accepted', overlooking('page_size', (value) => value === '1', '0')],
  ['a page of ten is refused', 'parameters-accepted', {
      behaviours: {
        paginate:
          (paginate) =>
          (list, collection, call) => {
            if (call.query[PAGE_SIZE] === 10) throw new Problem(400, 'Bad request', 'Not ten.');
            return paginate(list, collection, call);
          },
      },
    }],
  ['a public operation asks for a token', 'public-without-token', {
      behaviours: {
        requireToken: () => (_, principal) => {
          if (principal.clientId === undefined) throw new Problem(401, 'Unauthorized', 'A token is needed.');
        },
      },
    }],
  ['the connection breaks on filtered requests', 'answers', {
      prepare: (fake) =>
        fake.faults.plan((request) => (request.url.searchParams.has('available_for_user_id') ? reset() : undefined)),
    }],

  // Bodies
  ['one log of the third page has its power as text', 'body-schema', { statusLogs: 3 * LARGEST_PAGE, ...oneItem(thatLog, (log) => {
      log.charge_rate_watts = '7240';
    }) }],
  ['a boolean comes as 0 or 1', 'body-schema', items((log) => {
      log.is_plugged_in = log.is_plugged_in ? 1 : 0;
    }, LOGS)],
  ['one make has lost its name', 'body-schema', oneItem(zephyr, (make) => {
      delete make.name;
    })],
  ['a field that is never null is null once', 'body-schema', oneItem(zephyr, (make) => {
      make.url = null;
    })],
  ['a mode that the document does not know', 'body-schema', { statusLogs: 3 * LARGEST_PAGE, ...oneItem(thatLog, (log) => {
      log.mode = 'Turbo';
    }) }],
  ['times have lost their zone', 'body-schema', items((log) => {
      log.logged_at = log.logged_at.replace('Z', '');
    }, LOGS)],
  ['URLs have become relative', 'body-schema', items((make) => {
      make.models = new URL(make.models).pathname;
    }, MAKES), ['list-retrieve']],
  ['ids are in lower case', 'body-schema', oneItem(zephyr, (make) => {
      make.id = make.id.toLowerCase();
    }), ['own-url', 'list-retrievable', 'walk-order']],
  ['a list is wrapped into an object', 'body-schema', successes((body) => ({ data: body }), MAKES), ['context-only']],
  ['a fraction where integers belong', 'body-schema', items((log) => {
      if (log.charge_rate_watts) log.charge_rate_watts += 0.5;
    }, LOGS)],
  ['an expanded EVSE lacks a required field', 'body-schema', items((log) => {
      delete log.evse?.cpid;
    }, having('expand')), ['expand-agrees']],
  ['a make within a model within an EVSE has a number for a name', 'body-schema', items((log) => {
      if (log.evse?.model?.make?.name) log.evse.model.make.name = 7;
    }, having('expand')), ['expand-agrees']],
  ['a required field has another name', 'body-schema', items(
      (make) => {
        make.title = make.name;
        delete make.name;
      },
      (context) => MAKES(context) || MAKE(context),
    ), ['expand-agrees']],
  ['the body is cut off', 'body-json', successes((body) => JSON.stringify(body).slice(0, -2), MAKE), ['list-retrievable']],
  ['the body is empty', 'body-json', successes(() => '', MAKE), ['list-retrievable']],
  ['the body is not UTF-8', 'body-json', successes((body) => Buffer.from(JSON.stringify(body).replace('"name":"', '"name":"\u00e9'), 'latin1'), MAKE), ['list-retrieve', 'expand-agrees']],
  ['a page of HTML in place of an answer', 'content-type', answers((response) => {
      if (response.status !== 200) return;
      response.headers['Content-Type'] = 'text/html';
      response.body = '<html><body>Welcome</body></html>';
    }, MAKE), ['list-retrievable']],
  ['JSON is called text/plain', 'content-type', answers((response) => {
      if (response.status === 200) response.headers['Content-Type'] = 'text/plain';
    })],
  ['problems are called application/json', 'content-type', errors((response) => {
      response.headers['Content-Type'] = 'application/json';
    }), ['problem-body']],

  // Headers
  ['the version header is gone', 'header-present', header('EvEnergy-Version', undefined)],
  ['errors do not tell the rate limit', 'header-present', errors((response) => {
      delete response.headers['X-RateLimit-Limit'];
    })],
  ['the last page has no Link header', 'header-present', link((current) => (current.includes('about:blank>; rel="next"') ? undefined : current)), ['walk-follows']],
  ['what is left of the rate limit is a word', 'header-valid', header('X-RateLimit-Remaining', 'plenty')],
  ['another version answers than was asked for', 'version-echoed', header('EvEnergy-Version', '3'), ['header-valid']],
  ['the version that answers is a minor one', 'version-echoed', header('EvEnergy-Version', '2.1', LOGS), ['header-valid']],
  ['more is left than the limit', 'rate-limit-range', header('X-RateLimit-Remaining', (current) => String(Number(current) + 1000))],
  ['less than nothing is left', 'rate-limit-range', header('X-RateLimit-Remaining', (current) => String(Number(current) - 1000))],
  ['what is left stands still', 'rate-limit-counts', header('X-RateLimit-Remaining', '40')],
  ['what is left jumps up and down', 'rate-limit-counts', header('X-RateLimit-Remaining', (current) => (Number(current) % 2 === 0 ? '7' : '31'))],
  ['the rate limit changes from request to request', 'rate-limit-steady', header('X-RateLimit-Limit', (current, { request }) =>
      request.url.searchParams.has(PAGE_AFTER) ? '5000' : current,
    )],
  ['the Link header is no list of links', 'link-header', link((current) => current.replaceAll('<', '').replaceAll('>', '')), ['filter-selects', 'walk-follows']],
  ['links have no relation', 'link-header', link((current) => current.replaceAll('; rel="next"', '').replaceAll('; rel="previous"', '')), ['filter-selects', 'walk-follows']],
  ['there is no link to the previous page', 'link-header', link((current) => current.replace(/^.*rel="previous", /, ''))],

  // Refusals
  ['the logs are shown without a token', 'no-token', { behaviours: { requireToken: () => () => {}, requireScopes: () => () => {} } }, ['missing-scope']],
  ['without a token there is a 403', 'no-token', {
      behaviours: {
        requireToken: () => (operation, principal) => {
          if (!operation.public && principal.clientId === undefined) throw new Problem(403, 'Forbidden', 'No.');
        },
      },
    }],
  ['any token is good', 'wrong-token', {
      behaviours: {
        authenticate: (authenticate) => (request, world) => {
          try {
            return authenticate(request, world);
          } catch {
            return { clientId: 'anybody', scopes: ['evse:read'], bucket: 'anybody' };
          }
        },
      },
    }, ['expired-token', 'revoked-token']],
  ['public operations do not look at the token', 'wrong-token', {
      behaviours: {
        authenticate: (authenticate) => (request, world) => {
          try {
            return authenticate(request, world);
          } catch (error) {
            if (request.url.pathname.includes('evse_makes')) return { scopes: [], bucket: 'anonymous' };
            throw error;
          }
        },
      },
    }],
  ['expired tokens stay good', 'expired-token', {
      prepare(fake) {
        const { tokens } = fake.world;
        const { issue } = tokens;
        tokens.issue = (grant, options) => issue.call(tokens, grant, { ...options, lifetime: 3600 });
      },
    }],
  ['scopes are not looked at', 'missing-scope', { behaviours: { requireScopes: () => () => {} } }],
  ['a token without the scope gets a 401', 'missing-scope', {
      behaviours: {
        requireScopes: (require) => (call) => {
          try {
            require(call);
          } catch {
            throw new Problem(401, 'Unauthorized', 'No.');
          }
        },
      },
    }],
  ['any make id gives the first make', 'unknown-id', {
      behaviours: {
        find: (find) => (call) => {
          try {
            return find(call);
          } catch {
            return find({ ...call, path: { evse_make_id: 'emak01HN2NJQRGDQP0GBE1F7R6PB3D' } });
          }
        },
      },
    }],
  ['the logs of an unknown EVSE are an empty list', 'unknown-id', {
      behaviours: {
        list: (list) => (call) => {
          try {
            return list(call);
          } catch (error) {
            if (!(error instanceof Problem) || error.status !== 404) throw error;
            const headers = { Link: '<about:blank>; rel="previous", <about:blank>; rel="next"' };
            return { status: 200, body: [], headers };
          }
        },
      },
    }],
  ['malformed ids are looked up and forbidden', 'malformed-id', errors((response, { request }) => {
      if (!request.url.pathname.includes('not-an-id')) return;
      response.status = 403;
      (response.body as Body).status = 403;
    }), ['problem-type']],
  ['a page size of zero is taken for the default', 'page-size-bounds', overlooking(PAGE_SIZE, (value) => value === '0')],
  ['too large pages are cut to the maximum', 'page-size-bounds', overlooking(PAGE_SIZE, (value) => value === String(LARGEST_PAGE + 1), String(LARGEST_PAGE))],
  ['a page size that is a word is ignored', 'page-size-bounds', overlooking(PAGE_SIZE, (value) => value === 'ten')],
  ['a fraction of a page is rounded', 'page-size-bounds', overlooking(PAGE_SIZE, (value) => value === '1.5', '1')],
  ['a bad cursor shows the first page', 'bad-cursor', overlooking(PAGE_AFTER, (value) => value === 'not-a-cursor')],
  ['a bad cursor backwards is ignored', 'bad-cursor', overlooking(PAGE_BEFORE, (value) => value === 'not-a-cursor')],
  ['times without a zone are taken for UTC', 'bad-date-time', overlooking('sampled_at__gte', (value) => value !== '' && !value.includes('Z') && !value.includes('+') && value !== 'yesterday')],
  ['the 30th of February is in March', 'bad-date-time', overlooking('sampled_at__lte', (value) => value.includes('-02-30'))],
  ['a word for a time is ignored', 'bad-date-time', overlooking('sampled_at__lte', (value) => value === 'yesterday')],
  ['unknown expansions are ignored', 'unknown-expansion', overlooking('expand', (value) => value === 'not_a_field')],
  ['an unknown expansion beside a known one is ignored', 'unknown-expansion', {
      behaviours: {
        readParameters: (read) => (call) => {
          const url = new URL(call.request.url);
          if (url.searchParams.getAll('expand').length > 1) url.searchParams.delete('expand', 'not_a_field');
          return read({ ...call, request: { ...call.request, url } });
        },
      },
    }],
  ['unknown steps of an expansion are ignored', 'unknown-expansion', overlooking('expand', (value) => value.endsWith('.not_a_field'))],
  ['any version is supported', 'unsupported-version', {
      behaviours: {
        chooseVersion: () => () => '2',
        readParameters: (read) => (call) => {
          delete call.request.headers['evenergy-version'];
          return read(call);
        },
      },
    }],
  ['a version that is not there yet gets the newest', 'unsupported-version', {
      behaviours: {
        chooseVersion: (choose) => (request, world) => {
          if (request.headers['evenergy-version'] === '99') request.headers['evenergy-version'] = '2';
          return choose(request, world);
        },
      },
    }],
  ['the Accept header is not looked at', 'not-acceptable', { behaviours: { negotiate: () => () => {} } }],
  ['a method that is not there gives a 404', 'unknown-method', errors((response) => {
      response.status = 404;
      (response.body as Body).status = 404;
    }, 405)],
  ['POST on a list reads it', 'unknown-method', {
      behaviours: {
        route: (route) => (request, router) => route({ ...request, method: 'GET' }, router),
      },
    }],
  ['PUT on a single make reads it', 'unknown-method', {
      operations: ['get-evse_makes-evse_make_id'],
      behaviours: {
        route: (route) => (request, router) => route(request.method === 'PUT' ? { ...request, method: 'GET' } : request, router),
      },
    }],
  ['the weather is told in celsius, whatever was asked for', 'answered-as-asked', garden(successes((body) => {
    if (body.unit) body.unit = 'celsius';
  }))],
  ['a number below its minimum is taken for none', 'malformed-parameter', garden(overlooking('hours', (value) => value === '0'))],
  ['a filter that no value of the list fits shows everything', 'malformed-parameter', garden(overlooking('colour', (value) => value === 'not-a-value'))],
  ['acting for nobody is a mistake of the request', 'unknown-user', {
      behaviours: {
        actingUser: (acting) => (call) => {
          try {
            return acting(call);
          } catch {
            throw new Problem(400, 'Bad request', 'Who?');
          }
        },
      },
    }],
  ['a wrong client secret gets a token', 'wrong-client-secret', {
      behaviours: {
        authenticateClient: (authenticate) => (request, form, clients) => {
          request.headers.authorization = `Basic ${Buffer.from('fake-client:fake-secret').toString('base64')}`;
          return authenticate(request, form, clients);
        },
      },
    }, ['unknown-client']],
  ['a wrong client secret is a 400', 'wrong-client-secret', {
      tamper(response, { endpoint }) {
        if (endpoint === 'token' && response.status === 401) response.status = 400;
      },
    }, ['unknown-client']],
  ['the token endpoint does not say how long a token lives', 'token-issued', {
      tamper(response, { endpoint }) {
        if (endpoint === 'token') delete (response.body as Body).expires_in;
      },
    }],
  ['tokens may be stored by proxies', 'token-issued', {
      tamper(response, { endpoint }) {
        if (endpoint === 'token') delete response.headers['Cache-Control'];
      },
    }],

  // Problem details
  ['problems have no title', 'body-schema', errors((response) => {
      delete (response.body as Body).title;
    }), ['problem-body']],
  ['field errors are a list of texts', 'body-schema', errors((response) => {
      if ((response.body as Body).field_errors) (response.body as Body).field_errors = ['page_size: wrong'];
    })],
  ['errors have no body', 'problem-body', errors((response) => {
      response.body = '';
    })],
  ['a 405 has a line of text for a body', 'problem-body', errors((response) => {
      response.headers['Content-Type'] = 'text/plain';
      response.body = 'Method not allowed';
    }, 405)],
  ['a 404 is a page of HTML', 'problem-leak', errors((response) => {
      response.headers['Content-Type'] = 'text/html';
      response.body = '<!doctype html><html><body><h1>Not Found</h1></body></html>';
    }, 404), ['content-type', 'problem-body']],
  ['a stack trace is in the detail', 'problem-leak', errors((response) => {
      (response.body as Body).detail =
        'Traceback (most recent call last):\n  File "/srv/api/views.py", line 41, in get\nKeyError: size';
    }, 400)],
  ['the status in a problem is another', 'problem-status', errors((response) => {
      (response.body as Body).status = 400;
    }, 404)],
  ['the status in a problem is text', 'problem-status', errors((response) => {
      (response.body as Body).status = String(response.status);
    }), ['body-schema']],
  ['problem types have moved to another host', 'problem-type', errors((response) => {
      const body = response.body as Body;
      if (body.type) body.type = body.type.replace('api.ev.energy', 'errors.example.com');
    })],
  ['field errors name the wrong parameter', 'problem-fields', errors((response) => {
      const body = response.body as Body;
      if (body.field_errors) body.field_errors = { q: ['is wrong'] };
    })],

  // The rate limit, used up
  ['the limit is never enforced', 'limit-enforced', exhausting({ behaviours: { throttle: () => (principal, limiter) => limiter.peek(principal) } }), ['limit-counts-down']],
  ['requests are refused before the limit is used up', 'limit-enforced', exhausting({ behaviours: {
    throttle: (take) => (principal, limiter) => {
      const quota = take(principal, limiter);
      if (quota.remaining < 5) throw new Problem(429, 'Rate limit exceeded', 'Enough.', { kind: 'rate-limit-exceeded', headers: { 'Retry-After': '60' } });
      return quota;
    },
  } })],
  ['a 429 says that something is left', 'limit-enforced', exhausting(errors((response) => {
        response.headers['X-RateLimit-Remaining'] = '1';
      }, 429))],
  ['each request takes two', 'limit-counts-down', exhausting({ behaviours: {
        throttle: (take) => (principal, limiter) => {
          take(principal, limiter);
          return take(principal, limiter);
        },
      } }), ['limit-enforced']],
  ['a 429 does not say how long to wait', 'retry-after', exhausting(errors((response) => {
        delete response.headers['Retry-After'];
      }, 429)), ['header-present']],
  ['a 429 says to wait for nothing', 'retry-after', exhausting(errors((response) => {
        response.headers['Retry-After'] = '0';
      }, 429))],
  ['a 429 says until when to wait, as a date', 'retry-after', exhausting(errors((response) => {
        response.headers['Retry-After'] = new Date().toUTCString();
      }, 429)), ['header-valid']],
  ['a 429 has lost its problem type', 'problem-type', exhausting(errors((response) => {
        delete (response.body as Body).type;
      }, 429))],

  // Pages
  ['a page begins with the last item of the one before', 'walk-once', cutting(({ after, size }) =>
    after === undefined ? undefined : [after - 1, after - 1 + size]), ['filter-pages', 'walk-back', 'walk-ones']],
  ['an item is lost between two pages', 'walk-complete', cutting(({ after, size }) =>
    after === undefined ? undefined : [after + 1, after + 1 + size]), ['filter-pages', 'filter-selects', 'range-complete', 'walk-back', 'walk-ones']],
  ['a page begins with the last item of the one before, and two logs share a time', 'walk-once', ofLogs(inMilliseconds(cutting(({ after, size }) =>
    after === undefined ? undefined : [after - 1, after - 1 + size]))), ['walk-back', 'walk-ones']],
  ['an item is lost between two pages, and two logs share a time', 'walk-complete', ofLogs(inMilliseconds(cutting(({ after, size }) =>
    after === undefined ? undefined : [after + 1, after + 1 + size]))), ['walk-back', 'walk-ones']],
  ['items are lost between two pages, and two of three logs share a time', 'walk-complete', ofLogs(inPairs(cutting(({ after, size }) =>
    after === undefined ? undefined : [after + 2, after + 2 + size]))), ['walk-back']],
  ['cursors are cut to milliseconds', 'walk-once', link((current) => current.replaceAll(/(page_\w+=[^>]*\.\d{3})\d{3}Z/g, '$1Z')), ['walk-back', 'walk-complete', 'walk-ones']],
  ['cursors are cut to seconds', 'walk-once', link((current) => current.replaceAll(/(page_\w+=[^>]*)\.\d{6}Z/g, '$1Z')), ['walk-back', 'walk-complete', 'walk-ones']],
  ['a full page names a next one', 'walk-ends', {
    ...pages((page, asked) => {
      const last = page.items.at(-1)?.id;
      return page.items.length === Number(asked.page_size) && last ? { next: { page_after: String(last) }, ...page } : page;
    }),
    prepare: ({ world: { store } }) => { store.collection('/evse_makes', [])?.items.splice(7); },
  }],
  ['pages are turned round', 'walk-order', pages((page) => ({ ...page, items: [...page.items].reverse() })), ['each-parent', 'filter-pages', 'range-complete', 'walk-ones']],
  ['two neighbours have changed places on a later page', 'walk-order', pages((page, query) => {
    const [first, second, ...others] = page.items;
    return query[PAGE_AFTER] && first && second ? { ...page, items: [second, first, ...others] } : page;
  })],
  ['pages backwards come in reverse', 'walk-order', pages((page, query) =>
    query[PAGE_BEFORE] && !query[PAGE_AFTER] ? { ...page, items: [...page.items].reverse() } : page)],
  ['the page before is always the first one', 'walk-back', cutting(({ after, before, size }) =>
    after === undefined && before !== undefined ? [0, size] : undefined), ['walk-ones']],
  ['walking back loses an item at each boundary', 'walk-back', cutting(({ after, before, size }) =>
    after === undefined && before !== undefined ? [before - 1 - size, before - 1] : undefined), ['walk-ones']],
  ['the last page names a next one', 'walk-ends', pages((page) => {
    const last = page.items.at(-1) as Body;
    return page.next || !last ? page : { ...page, next: { [PAGE_AFTER]: last.sampled_at ?? last.id } };
  }), ['walk-back']],
  ['the first page names a previous one', 'walk-ends', pages((page) => {
    const first = page.items[0] as Body;
    return page.previous || !first ? page : { ...page, previous: { [PAGE_BEFORE]: first.sampled_at ?? first.id } };
  })],
  ['the second page says that it is the last', 'walk-ends', pages((page, query) => {
    if (!query[PAGE_AFTER]) return page;
    const { next: _, ...last } = page;
    return last;
  }), ['walk-complete', 'walk-ones']],
  ['the last page leads to the first', 'walk-once', link((current, { request }) =>
    current.replace('<about:blank>; rel="next"', `<${request.url.origin}${request.url.pathname}?page_size=${request.url.searchParams.get(PAGE_SIZE) ?? DEFAULT_PAGE}>; rel="next"`),
  ), ['link-cursor', 'link-keeps-query', 'walk-order', 'page-size', 'walk-ends']],
  ['next and previous are mixed up', 'link-cursor', link((current) =>
    current.replace('rel="next"', 'rel="x"').replace('rel="previous"', 'rel="next"').replace('rel="x"', 'rel="previous"')), ['filter-selects', 'walk-complete', 'walk-ends', 'walk-ones', 'walk-order']],
  ['cursors in links are page numbers', 'link-cursor', link((current) =>
    current.replaceAll(/page_(after|before)=[^&>]+/g, 'page_$1=2')), ['walk-follows']],
  ['the API refuses its own cursors', 'walk-follows', { behaviours: {
    paginate: (paginate) => (all, collection, call) => {
      if (call.query[PAGE_AFTER]) throw new Problem(400, 'Bad request', 'What is this?');
      return paginate(all, collection, call);
    },
  } }],
  ['links lead to another host', 'link-target', link((current) => current.replaceAll(/<https?:\/\/[^/>]+/g, '<https://evil.example.com'))],
  ['links have lost the base path', 'link-target', link((current) => current.replaceAll('/v2/', '/'))],
  ['links lead to another collection', 'link-target', link((current) => current.replaceAll('/status_logs', '/command_logs'))],
  ['links lead to the logs of another EVSE', 'link-target', link((current) => current.replaceAll(/evse01HSH\w+/g, 'evse01HT0000000000000000000000'))],
  ['links forget the page size', 'link-keeps-query', link((current) => current.replaceAll(/page_size=\d+&/g, '')), ['page-size', 'walk-ends']],
  ['links forget the lower bound', 'link-keeps-query', link((current) => current.replaceAll(/sampled_at__gte=[^&>]+&?/g, '')), ['range-bounds']],
  ['links forget the expansions', 'link-keeps-query', link((current) => current.replaceAll(/expand=[^&>]+&?/g, '')), ['expand-inlines']],
  ['the page size is ignored', 'page-size', cutting(({ after, before, total }) =>
    after !== undefined ? [after, after + DEFAULT_PAGE] : before !== undefined ? [before - DEFAULT_PAGE, before] : [0, Math.min(DEFAULT_PAGE, total)]), ['page-longest']],
  ['pages are one item too long', 'page-longest', cutting(({ after, before, size }) =>
    after !== undefined ? [after, after + size + 1] : before !== undefined ? undefined : [0, size + 1]), ['page-size-default']],
  ['the size counts for the first page only', 'page-longest', cutting(({ after }) => after === undefined ? undefined : [after, after + DEFAULT_PAGE]), ['page-size']],
  ['without a size pages are shorter than the default', 'page-size-default', cutting(({ sized }) => (sized ? undefined : [0, 3]))],
  ['without a size everything comes', 'page-size-default', cutting(({ sized, total }) => (sized ? undefined : [0, total]))],
  ['of two cursors the wrong one counts', 'cursor-precedence', cutting(({ after, before, size }) =>
    after !== undefined && before !== undefined ? [before - size, before] : undefined)],

  // Ranges and filters
  ['the lower bound is exclusive', 'range-inclusive', selecting((log, query) => !same(log.sampled_at, query.sampled_at__gte))],
  ['the upper bound is exclusive', 'range-inclusive', selecting((log, query) => !same(log.sampled_at, query.sampled_at__lte))],
  ['the lower bound is ignored', 'range-bounds', filtering((query) => { delete query.sampled_at__gte; })],
  ['the upper bound is ignored', 'range-bounds', filtering((query) => { delete query.sampled_at__lte; }), ['range-complete']],
  ['an upper bound is rounded up to the next second', 'range-bounds', filtering((query) => {
    const moment = Date.parse(query.sampled_at__lte);
    if (moment) query.sampled_at__lte = new Date((Math.floor(moment / 1000) + 1) * 1000).toISOString();
  })],
  ['with both bounds only the lower one counts', 'range-bounds', filtering((query) => {
    if (query.sampled_at__gte) delete query.sampled_at__lte;
  }), ['range-complete']],
  ['bounds are cut to milliseconds', 'range-bounds', filtering((query) => {
    if (query.sampled_at__gte) query.sampled_at__gte = query.sampled_at__gte.replace(/(\.\d{3})\d{3}/, '$1');
  })],
  ['the lower bound compares another field', 'range-bounds', { behaviours: {
    filter: (filter) => (all, collection, call) => {
      const { sampled_at__gte: from, ...query } = call.query;
      const others = filter(all, collection, { ...call, query });
      return from ? others.filter((log) => (parseInstant(String(log.logged_at)) ?? 0) >= (parseInstant(String(from)) ?? 0)) : others;
    },
  } }],
  ['the upper bound compares another field', 'range-inclusive', { behaviours: {
    filter: (filter) => (all, collection, call) => {
      const { sampled_at__lte: till, ...query } = call.query;
      const others = filter(all, collection, { ...call, query });
      return till ? others.filter((log) => (parseInstant(String(log.logged_at)) ?? 0) <= (parseInstant(String(till)) ?? 0)) : others;
    },
  } }],
  ['zones are ignored', 'range-zones', filtering((query) => {
    if (query.sampled_at__gte) query.sampled_at__gte = query.sampled_at__gte.replace('+01:00', 'Z');
  })],
  ['a range leaves out what is not charging', 'range-complete', selecting((log, query) =>
    !query.sampled_at__gte || log.is_charging !== false), ['range-inclusive']],
  ['a filter shows an item that the list does not have', 'filter-selects', successes((body) =>
    [...body, { ...body[0], id: 'emak01ZZZZZZZZZZZZZZZZZZZZZZZZ', url: 'https://api.ev.energy/v2/evse_makes/emak01ZZZZZZZZZZZZZZZZZZZZZZZZ' }],
    having('available_for_user_id')), ['filter-pages', 'page-longest']],
  ['a filter of equal values is ignored', 'filter-matches', garden(filtering((query) => { delete query.colour; })), ['filter-pages', 'filter-pairs']],
  ['a filter shows the usual value beside a rare one', 'filter-matches', garden({ behaviours: { filter: (filter) => (all, collection, call) => {
    const others = filter(all, collection, call);
    return all.filter((plant) => others.includes(plant) || (call.query.colour === 'red' && plant.colour === 'white'));
  } } })],
  ['a filter counts only where no order is asked for', 'filter-pairs', garden(filtering((query) => { if (query.sort) delete query.colour; }))],
  ['a filter by reference is ignored', 'filter-matches', garden(filtering((query) => { delete query.bed_id; })), ['belongs-to-parent', 'filter-pairs']],
  ['a filter by an id that nothing has shows everything', 'filter-matches', garden(filtering((query) => {
    if (/0Q0Q|999/.test(query.bed_id)) delete query.bed_id;
  })), ['belongs-to-parent']],
  ['of several values only the first counts', 'filter-complete', garden(filtering((query) => {
    if (query.colour__in) query.colour__in = query.colour__in.split(',')[0];
  })), ['filter-pairs']],
  ['a bound that excludes includes', 'filter-matches', garden(filtering((query) => {
    if (query.planted__gt) query.planted__gt = new Date(Date.parse(query.planted__gt) - 1).toISOString();
  })), ['filter-pairs']],
  ['no selects yes as well', 'filter-opposites', garden(filtering((query) => {
    if (query.is_bulb === false || query.is_bulb === 'false') delete query.is_bulb;
  }))],
  ['no is read as yes', 'filter-opposites', garden(filtering((query) => {
    if (query.is_bulb === false || query.is_bulb === 'false') query.is_bulb = true;
  }))],
  ['a filter loses an item', 'filter-complete', garden(selecting((plant, query) => !query.colour || plant.id !== gardenItem(5))), ['filter-pages', 'filter-pairs']],

  // Expansions
  ['expansions are ignored', 'expand-inlines', expanding(() => [])],
  ['a deep expansion stops at the first step', 'expand-inlines', expanding((paths) => paths.map((path) => path.split('.')[0] ?? ''))],
  ['of several expansions the last one counts', 'expand-inlines', expanding((paths) => paths.slice(-1))],
  ['only the first item of a page is expanded', 'expand-inlines', items((log, index) => {
    if (index > 0 && log.evse?.url) log.evse = log.evse.url;
  }, LOGS)],
  ['what is null is an empty object once it is expanded', 'expand-inlines', {
    operations: ['get-evses'],
    ...items((evse, index, { request }) => {
      const asked = request.url.searchParams.getAll('expand').includes('latest_status_log');
      if (index === 0) evse.latest_status_log = asked ? {} : null;
    }, to('/evses')),
  }],
  ['what is expanded is null', 'expand-inlines', items((log) => {
    if (log.evse?.model?.id) log.evse.model = null;
  }, having('expand')), ['body-schema']],
  ['one expansion brings all others along', 'expand-only', expanding((paths) => (paths.length > 0 ? [...paths, 'evse.user'] : []))],
  ['a field is expanded without being asked for', 'expand-only', expanding((paths) => [...paths, 'evse.model'])],
  ['an unrelated reference is expanded too', 'expand-only', expanding((paths) => (paths.includes('evse') ? [...paths, 'evse.latest_status_log'] : paths))],
  ['another EVSE is put in', 'expand-same', successes((body, { call }) => body.map((log: Body) => ({
    ...log, evse: typeof log.evse === 'string' ? log.evse : OTHER_EVSE(call),
  })), having('expand')), ['belongs-to-parent', 'expand-inlines']],
  ['another make is put into the model', 'expand-same', items((log, _, { call }) => {
    const model = log.evse?.model;
    const makes = (call as Body)?.world.store.collection('/evse_makes', []).items;
    if (model?.make?.id) model.make = makes.at(-1);
  }, having('expand'))],
  ['expanding rounds another field', 'expand-keeps', items((log) => {
    if (log.voltage_millivolts) log.voltage_millivolts = Math.round(log.voltage_millivolts / 1000) * 1000;
  }, having('expand'))],
  ['expanding loses items', 'expand-keeps', successes((body) => body.slice(0, -1), having('expand')), ['expand-order']],
  ['what is put in is not what retrieving shows', 'expand-agrees', items((log) => {
    if (log.evse?.model?.make?.name) log.evse.model.make.name = 'BG';
  }, having('expand'))],

  // Agreement
  ['one make of the list has another name than retrieving shows', 'list-retrieve', oneItemOf(MAKES, zephyr, (make) => { make.name = 'Zefir'; })],
  ['retrieving shows fewer fields than the list', 'list-retrieve', items((make) => { delete make.is_beta; }, MAKE), ['expand-agrees']],
  ['one make cannot be retrieved as it is listed', 'list-retrieve', oneItemOf(MAKE, zephyr, (make) => { make.icon = null; })],
  ['retrieving shows the next make', 'retrieve-id', { behaviours: {
    find: (find) => (call) => {
      const found = find(call);
      const { items: all } = found.collection;
      return { ...found, item: all[(all.indexOf(found.item) + 1) % all.length] ?? found.item };
    },
  } }, ['expand-agrees']],
  ['the logs of another EVSE are shown', 'belongs-to-parent', { behaviours: {
    collect: (collect) => (call) =>
      collect(call.path.evse_id === EVSE ? { ...call, path: { evse_id: String(OTHER_EVSE(call).id) } } : call),
  } }],
  ['the URL of a make is that of another', 'own-url', oneItem(zephyr, (make) => {
    make.url = make.url.replace(ZEPHYR, 'emak01HN2NJQRGDQP0GBE1F7R6PB3D');
  })],
  ['EvEnergy-User is ignored', 'context-effect', { behaviours: { personalize: () => (resource) => resource } }],
  ['EvEnergy-User is ignored where it is a URL', 'context-effect', { behaviours: {
    actingUser: (acting) => (call) => (String(call.request.headers['evenergy-user']).startsWith('http') ? undefined : acting(call)),
  } }],
  ['one make does not show the user', 'context-effect', oneItem(zephyr, (make) => {
    if (make.onboarding_url) make.onboarding_url = make.onboarding_url.replace(/&user_id=.*/, '');
  })],
  ['the user of somebody else is shown', 'context-effect', items((make) => {
    if (make.onboarding_url) make.onboarding_url = make.onboarding_url.replace(/user_id=.*/, 'user_id=user01HN2NJ9NMRZBXT1H6FT9N0000');
  }, MAKES)],
  ['a user is left over in the answer to another caller', 'context-absent', items((make) => {
    if (make.id === ZEPHYR) make.onboarding_url = 'https://api.ev.energy/v2/evse_onboarding?user_id=user01HN2NJ9NMRZBXT1H6FT9N7735';
  }, MAKES), ['list-retrieve']],
  ['EvEnergy-User changes the names too', 'context-only', items((make, _, { request }) => {
    if (request.headers['evenergy-user']) make.name = `${make.name} for you`;
  }, MAKES)],
  ['EvEnergy-User hides items', 'context-only', successes((body, { request }) =>
    request.headers['evenergy-user'] ? body.slice(1) : body, MAKES)],
  ['a field changes with each read', 'repeat-agrees', counting(() => {
    let reads = 0;
    return items((log) => { log.signal_strength_rssi_dbm = -(reads++); }, LOGS);
  })],
  ['every other answer is in another order', 'repeat-agrees', counting(() => {
    let reads = 0;
    return successes((body, { request }) =>
      request.url.search === `?page_size=${LARGEST_PAGE}` && !request.headers['evenergy-user'] && reads++ % 2 === 1 ? [...body.slice(1), body[0]] : body, MAKES);
  })],

  // Writing, required parameters and page numbers, which only the other document has
  ['a request without a required parameter is answered', 'missing-parameter', garden({ behaviours: {
    readParameters: (read) => (call) => {
      const { searchParams } = call.request.url;
      if (call.operation.path === '/weather' && !searchParams.has('day')) searchParams.set('day', '2026-05-01');
      return read(call);
    },
  } })],
  ['a body of another type is taken', 'malformed-body', garden({ behaviours: {
    readBody: (read) => (call) => {
      try {
        return read(call);
      } catch {
        return { name: 'Rose', colour: 'red' };
      }
    },
  } }), ['body-bounds']],
  // Second pages
  ['the second page of a range forgets the range', 'range-bounds', filtering((query) => {
    if (query[PAGE_AFTER] === undefined) return;
    delete query.sampled_at__gte;
    delete query.sampled_at__lte;
  })],
  ['the second page of a range loses an item', 'range-complete', pages((page, query) =>
    query[PAGE_AFTER] && query.sampled_at__gte ? { ...page, items: page.items.slice(1) } : page)],
  ['the second page expands nothing', 'expand-inlines', {
    behaviours: {
      expand: (expand) => (resource, call) =>
        expand(resource, call.query[PAGE_AFTER] ? { ...call, query: { ...call.query, expand: [] } } : call),
    },
  }],
  // Changes
  ['a change is answered and not kept', 'change-kept', garden({ behaviours: {
    update: (update) => (call) => {
      const { item } = call.world.behaviours.find(call);
      const before = { ...item };
      const answer = update(call);
      const body = { ...(answer.body as Body) };
      Object.assign(item, before);
      return { ...answer, body };
    },
  } })],
  ['null clears nothing', 'change-answers', garden({ behaviours: {
    update: (update) => (call) => {
      const body = Object.fromEntries(Object.entries(call.body as Body).filter(([, value]) => value !== null));
      return update({ ...call, body });
    },
  } }), ['change-kept']],
  ['a change clears what it does not name', 'change-only', garden({ behaviours: {
    update: (update) => (call) => update({ ...call, body: { name: null, ...(call.body as Body) } }),
  } })],
  ['what was deleted is still there', 'deleted-gone', garden({ behaviours: {
    remove: () => () => ({ status: 204 }),
  } })],
  ['a change expands nothing', 'expand-inlines', {
    operations: ['patch-evses-evse_id'],
    behaviours: {
      expand: (expand) => (resource, call) =>
        expand(resource, call.operation.method === 'PATCH' ? { ...call, query: { ...call.query, expand: [] } } : call),
    },
  }],
  ['page numbers begin with 0', 'walk-once', garden(numbered((page) => page - 1)), ['filter-pages', 'range-complete', 'range-inclusive', 'sort-complete', 'sort-order', 'walk-complete', 'walk-ones']],
  ['every second numbered page is skipped', 'walk-complete', garden(numbered((page) => page * 2 - 1)), ['filter-pages', 'page-size', 'range-complete', 'range-inclusive', 'sort-complete', 'walk-ones']],
  ['the page number 0 is the first page', 'bad-cursor', garden(overlooking('page', (value) => value === '0'))],
  // Bytes
  ['a body begins with a byte order mark', 'body-bytes', successes((body) => `\ufeff${JSON.stringify(body)}`, MAKE)],
  ['a member stands in an object twice', 'body-bytes', successes((body) => JSON.stringify(body).replace('"name":', '"name":"Old","name":'), MAKE)],
  ['a text was encoded twice', 'body-bytes', oneItem(zephyr, (make) => { make.name = 'Z\u00c3\u00a9phyr'; })],
  ['an integer that no double holds', 'body-bytes', successes((body) =>
    JSON.stringify(body).replace(/"meter_reading_watt_hours":\d+/, '"meter_reading_watt_hours":9007199254740993'), LOGS), ['expand-keeps']],
  // References and times
  ['URLs of makes lead to another server', 'references-here', items((make) => {
    if (make.url) make.url = make.url.replace(/https?:\/\/[^/]+/, 'https://old.example.com');
  }, (context) => MAKES(context) || MAKE(context)), ['expand-agrees']],
  ['the lists that objects name are on another server', 'references-here', {
    operations: ['get-evse_makes', 'get-evse_models'],
    ...items((make) => {
      if (make.models) make.models = make.models.replace(/https?:\/\/[^/]+/, 'http://10.0.0.7:8000');
    }, MAKES),
  }],
  ['the URLs of logs lie below another EVSE', 'belongs-to-parent', items((log) => {
    if (log.url) log.url = log.url.replace(/\/evse\/evse\w+/, '/evses/evse01ZZZZZZZZZZZZZZZZZZZZZZZZ');
  }, LOGS)],
  ['the URLs of logs lie below another EVSE, in a spelling of their own', 'belongs-to-parent', items((log) => {
    if (log.url) log.url = log.url.replace(/\/evse\/evse\w+/, '/evse/evse01ZZZZZZZZZZZZZZZZZZZZZZZZ');
  }, LOGS)],
  ['a log is found below any EVSE', 'belongs-to-parent', {
    operations: [LOG],
    behaviours: {
      find: (find) => (call) =>
        call.operation.id === LOG
          ? find({ ...call, path: { ...call.path, evse_id: EVSE } })
          : find(call),
    },
  }, ['list-retrievable', 'unknown-id']],
  ['the log before a moment is taken for that of the moment', 'unknown-id', {
    operations: [LOG],
    behaviours: {
      find: (find) => (call) => {
        const logs = call.world.store.collection('/evses/{evse_id}/status_logs', [call.path.evse_id ?? '']);
        const moment = parseInstant(call.path.sampled_at ?? '') ?? 0;
        const item = logs?.items.find(({ sampled_at: at }) => (parseInstant(String(at)) ?? 0) <= moment);
        return item && logs ? { item, collection: logs } : find(call);
      },
    },
  }],
  ['URLs of makes have lost the base path', 'references-here', items((make) => {
    if (make.url) make.url = make.url.replace('/v2/', '/');
  }, (context) => MAKES(context) || MAKE(context))],
  ['the logs of other EVSEs are listed, but not found', 'list-retrievable', {
    operations: [LOG],
    ...answers((response, { call }) => {
      if (response.status === 200 && call?.path.evse_id !== EVSE)
        Object.assign(response, new Problem(404, 'Not found', 'No.').response('', '/'), { headers: response.headers });
    }, to('/{sampled_at}')),
  }, ['content-type']],
  ['the URL of a make is that of a model', 'own-url-leads', items((make) => {
    if (make.url) make.url = make.url.replace('/evse_makes/', '/evse_models/');
  }, (context) => MAKES(context) || MAKE(context))],
  ['times are in another zone than UTC', 'times-in-utc', items((log) => {
    if (log.logged_at) log.logged_at = log.logged_at.replace('Z', '+01:00');
  }, LOGS)],
  ['a cache in front does not look at the query', 'query-heeded', counting(() => {
    let first: Body;
    return answers((response) => {
      first ??= response;
      if (response.status < 300) Object.assign(response, structuredClone(first));
    }, LOGS);
  }), ['belongs-to-parent', 'expand-inlines', 'link-keeps-query', 'link-target', 'page-longest', 'page-size-default', 'range-bounds', 'walk-ends', 'walk-once', 'walk-order']],
  // Problems
  ['problems name the host behind the gateway', 'problem-instance', errors((response) => {
    const { instance } = response.body as Body;
    if (instance) response.body = { ...(response.body as Body), instance: `http://10.0.3.2:8000${instance}` };
  })],
  ['problems name another request as their instance', 'problem-instance', errors((response) => {
    const body = response.body as Body;
    if (body.instance) body.instance = '/v2/evse_models';
  })],
  ['problems name all of the API as their instance', 'problem-instance', errors((response) => {
    const body = response.body as Body;
    if (body.instance) body.instance = '/v2/';
  })],
  ['a 404 has the type of a 429', 'problem-type', errors((response) => {
    (response.body as Body).type = 'https://api.ev.energy/v2/problems/rate-limit-exceeded/';
  }, 404)],
  ['an error shows the SQL behind it', 'problem-leak', errors((response) => {
    (response.body as Body).detail = 'syntax error in SELECT id, name FROM makes WHERE';
  }, 404)],
  ['an error shows SQL with names in quotes', 'problem-leak', errors((response) => {
    (response.body as Body).detail = 'no row: SELECT "make"."id" FROM "make" WHERE';
  }, 404)],
  ['an id is found in any case', 'id-case', garden({
    behaviours: {
      find: (find) => (call) => find({ ...call, path: { plant_id: String(call.path.plant_id).toLowerCase() } }),
      readParameters: (read) => (call) =>
        /PLANT\d/.test(call.request.url.pathname) ? { query: {}, header: {} } : read(call),
    },
  })],
  ['an id of capitals is found in small letters', 'id-case', {
    behaviours: {
      find: (find) => (call) => {
        const { evse_make_id: id } = call.path;
        return find(id ? { ...call, path: { evse_make_id: `emak${id.slice(4).toUpperCase()}` } } : call);
      },
      readParameters: (read) => (call) =>
        /emak01[a-z]/.test(call.request.url.pathname) ? { query: {}, header: {} } : read(call),
    },
  }],
  ['a client that nobody knows gets a token', 'unknown-client', {
    behaviours: {
      authenticateClient: (authenticate) => (request, form, clients) => {
        const [, basic = ''] = String(request.headers.authorization).split(' ');
        if (Buffer.from(basic, 'base64').toString().startsWith('client-that'))
          request.headers.authorization = `Basic ${Buffer.from('fake-client:fake-secret').toString('base64')}`;
        return authenticate(request, form, clients);
      },
    },
  }],
  // Combinations
  ['an expansion turns the items round', 'expand-order', successes((body) => [...body].reverse(), having('expand'))],
  ['an expansion turns the items of a filter round', 'expand-order', {
    operations: ['get-evse_models'],
    ...successes((body) => [...body].reverse(), (context) => having('expand')(context) && having('make_id')(context)),
  }],
  ['a list ignores the order that it is asked for', 'sort-order', garden(overlooking('sort', () => true))],
  ['a list is sorted upwards alone', 'sort-order', garden(sortingBy((sort) => sort.replace('-', '')))],
  ['numbers in names are sorted downwards', 'sort-order', garden(sortingBy((sort) => sort.replace(/^(?=name)/, '-')))],
  ['the second page of a sorted list is that of the list itself', 'sort-complete', garden(sortingBy((sort, query) => (query.page > 1 ? '' : sort)))],
  ['a sorted list leaves out what is odd', 'sort-complete', garden(selecting((plant, query) => query.sort !== '-planted' || plant.id !== gardenItem(5)))],
  ['who acts for a user sees what is of all', 'acts-for-user', { operations: ['get-evses'], behaviours: { actingUser: () => () => undefined } }],
  ['who acts for a user sees what is of all, where only a filter tells whose it is', 'acts-for-user', garden({ behaviours: { actingUser: () => () => undefined } })],
  ['a filter for what has no value is ignored', 'filter-matches', garden(filtering((query) => { delete query.name__isnull; })), ['filter-pairs']],
  ['a range in one parameter is ignored', 'filter-matches', garden(filtering((query) => { delete query.planted__range; })), ['filter-pairs']],
  ['a change is made to all objects', 'change-one', garden({ behaviours: { update: (update) => (call) => {
    const answer = update(call);
    for (const plant of call.world.store.collection('/plants', [])?.items ?? []) Object.assign(plant, call.body);
    return answer;
  } } })],
  ['a DELETE deletes all objects', 'deleted-one', garden({ behaviours: { remove: (remove) => (call) => {
    const answer = remove(call);
    call.world.store.collection('/plants', [])?.items.splice(0);
    return answer;
  } } })],
  ['a list is in another order each time', 'walk-order', counting(() => {
    let turn = 0;
    return successes((body) => {
      turn += 1;
      if (Array.isArray(body) && body.length > 2) body.push(...body.splice(0, turn % 3));
    }, MAKES);
  })],
  ['a range and a filter show what either selects', 'filter-pairs', garden({ behaviours: { filter: (filter) => (all, collection, call) => {
    const { planted__gte, planted__lte, ...query } = call.query;
    const others = filter(all, collection, { ...call, query });
    if (!planted__gte || planted__lte || others.length === all.length) return filter(all, collection, call);
    const within = filter(all, collection, { ...call, query: { planted__gte } });
    return all.filter((plant) => others.includes(plant) || within.includes(plant));
  } } }), ['belongs-to-parent']],
  ['an id that a query requires selects nothing', 'belongs-to-parent', garden(filtering((query) => { delete query.plant_id; })), ['each-parent']],
  ['an id that a query requires selects all, where nothing has it', 'each-parent', garden(filtering((query) => {
    if (query.plant_id === 'plant9999') delete query.plant_id;
  })), ['belongs-to-parent']],
  ['of two filters only the first counts', 'filter-pairs', garden(filtering((query) => {
    if (query.colour) delete query.bed_id;
  })), ['belongs-to-parent']],
  ['a filter by what has a colon finds nothing', 'filter-complete', {
    operations: ['get-evses'],
    ...selecting((_, query) => !String(query.cpid).includes(':')),
  }],
  ['the second page of a filter by what no item shows ignores it', 'filter-pages',
    filtering((query) => { if (query[PAGE_AFTER]) delete query.available_for_user_id; })],
  ['pages of a filter skip an item', 'filter-pages', garden({
    behaviours: {
      paginate: (paginate) => (all, collection, call) =>
        call.query.colour && Number(call.query.page ?? 1) > 1
          ? paginate(all.slice(1), collection, call)
          : paginate(all, collection, call),
    },
  })],
  ['the second page of a filter that selects two items is empty', 'filter-pages', {
    operations: ['get-evse_models'],
    ...pages((page, query) => (query.make_id && query[PAGE_AFTER] ? { ...page, items: [] } : page)),
  }],
  ['an expanded object lacks a member', 'expand-agrees', items((log) => { if (log.evse?.id) delete log.evse.location; }, LOGS)],
  // Beyond the body
  ['JSON says that it is in Latin-1', 'content-type', header('Content-Type', (current) => (current ? `${current}; charset=iso-8859-1` : undefined), MAKES)],
  ['a refused method is said to be allowed', 'challenge', errors((response) => { response.headers.Allow = 'GET, POST, PUT, PATCH, DELETE'; }, 405)],
  ['references are not encrypted', 'references-here', items((make) => { make.url = make.url.replace('https:', 'http:'); }, MAKES)],
  // Callers
  ['a revoked token stays good', 'revoked-token', {
    prepare(fake) {
      fake.world.tokens.revoke = () => {};
    },
  }],
  ['revoking a token fails', 'revoked-token', {
    tamper(response, { endpoint }) {
      if (endpoint === 'revocation') response.status = 503;
    },
  }],
  ['a cache in front does not look at the token', 'callers-apart', counting(() => {
    const kept = new Map<string, Body>();
    return answers((response, { request }) => {
      const { method, url, headers } = request;
      const key = JSON.stringify([method, url.href, headers['evenergy-version'], headers.accept]);
      if (!url.pathname.endsWith('/status_logs')) return;
      if (response.status === 200) kept.set(key, kept.get(key) ?? structuredClone(response));
      if (kept.has(key)) Object.assign(response, structuredClone(kept.get(key)));
    });
  }), ['expired-token', 'missing-scope', 'no-token', 'wrong-token']],
  ['a cache in front does not look at the user', 'callers-apart', counting(() => {
    const kept = new Map<string, Body>();
    return answers((response, { request }) => {
      const { method, url, headers } = request;
      const key = JSON.stringify([method, url.href, headers['evenergy-version'], headers.authorization]);
      if (!url.pathname.endsWith('/evse_makes') || response.status !== 200) return;
      kept.set(key, kept.get(key) ?? structuredClone(response));
      Object.assign(response, structuredClone(kept.get(key)));
    });
  }), ['context-effect']],
  // Parents and their children
  ['the newest log is not the first of its list', 'names-newest', {
    operations: ['get-evses-evse_id'],
    ...items((evse) => {
      if (typeof evse.latest_status_log === 'string') evse.latest_status_log = evse.latest_status_log.replace(/2026-|2024-/, '2023-');
    }, to('/{evse_id}')),
  }, ['expand-same', 'list-retrieve']],
  ['the newest log is that of another EVSE', 'names-newest', {
    operations: ['get-evses-evse_id-connectivity'],
    ...items((body) => {
      body.latest_status_log = body.latest_status_log?.replace(/evse01\w+/, 'evse01ZZZZZZZZZZZZZZZZZZZZZZZZ');
    }, (context) => to('/connectivity')(context) && !having('expand')(context)),
  }],
  ['the logs of other EVSEs are oldest first', 'each-parent', successes((body, { request }) =>
    (request.url.pathname.includes(EVSE) ? body : [...body].reverse()), LOGS)],
  ['bounds the wrong way round are exchanged', 'range-bounds', filtering((query) => {
    const { sampled_at__gte: from, sampled_at__lte: to } = query;
    if (from && to && (parseInstant(from) ?? 0) > (parseInstant(to) ?? 0))
      Object.assign(query, { sampled_at__gte: to, sampled_at__lte: from });
  })],
  ['a filter by what nothing has shows everything', 'filter-matches', {
    operations: ['get-evses'],
    behaviours: { filter: (filter) => (all, collection, call) => {
      const found = filter(all, collection, call);
      return found.length > 0 || call.query.cpid === undefined ? found : all;
    } },
  }],
  ['a filter that compares exactly finds beginnings', 'filter-matches', {
    operations: ['get-evses'],
    behaviours: { filter: (filter) => (all, collection, call) =>
      call.query.cpid === undefined ? filter(all, collection, call) : all.filter(({ cpid }) => String(cpid).startsWith(String(call.query.cpid))) },
  }],
  ['a filter that compares exactly finds what is in another case', 'filter-matches', {
    operations: ['get-evses'],
    behaviours: { filter: (filter) => (all, collection, call) =>
      call.query.cpid === undefined ? filter(all, collection, call) : all.filter(({ cpid }) => String(cpid).toLowerCase() === String(call.query.cpid).toLowerCase()) },
  }],
  ['a GET does what a POST is for', 'unknown-method', {
    operations: ['post-evses-evse_id-reconnect'],
    behaviours: { route: (route) => (request, router) =>
      route(request.url.pathname.endsWith('/reconnect') && request.method === 'GET' ? { ...request, method: 'POST' } : request, router) },
  }],
  ['a parameter does without the others that it needs', 'missing-parameter', {
    operations: ['get-evse_onboarding'],
    behaviours: { readParameters: (read) => (call) => {
      const url = new URL(call.request.url);
      if (url.searchParams.get('response_type') && !/m(?:ake|odel)_id/.test(url.search))
        url.searchParams.set('make_id', ZEPHYR);
      return read({ ...call, request: { ...call.request, url } });
    } },
  }],
  ['onboarding leads to the pages of another user', 'answered-as-asked', {
    operations: ['get-evse_onboarding'],
    ...header('Location', (current) => current.replace(/user01\w+/, 'user01ZZZZZZZZZZZZZZZZZZZZZZZZ') || undefined),
  }],
  ['the logs of other EVSEs cannot be listed', 'each-parent', answers((response, { request }) => {
    if (response.status === 200 && !request.url.pathname.includes(EVSE))
      Object.assign(response, new Problem(404, 'Not found', 'No.').response('', '/'), {
        headers: { ...response.headers, 'Content-Type': 'application/problem+json' },
      });
  }, LOGS)],
  ['logs of other EVSEs have their power as text', 'body-schema', items((log, _, { request }) => {
    if (!request.url.pathname.includes(EVSE)) log.charge_rate_watts = '7240';
  }, LOGS)],
  // Bodies of requests, and what changes
  ['a colour that there is not is taken for another', 'body-bounds', garden({ behaviours: {
    readBody: (read) => (call) => {
      const text = new TextDecoder().decode(call.request.body).replace('"not-a-value"', '"red"');
      return read({ ...call, request: { ...call.request, body: new TextEncoder().encode(text) } });
    },
  } })],
  ['a change moves the plant to another bed', 'change-only', garden({ behaviours: {
    update: (update) => (call) => {
      const { item } = call.world.behaviours.find(call);
      item.bed = String(item.bed).replace(/bed\d+$/, 'bed77');
      return update(call);
    },
  } })],
  ['text beyond ASCII is lost', 'change-kept', garden({ behaviours: {
    update: (update) => (call) => {
      const body = call.body as Body;
      if (typeof body.name === 'string') body.name = body.name.replace(/[^ -~]/g, '?');
      return update(call);
    },
  } }), ['change-answers']],
  ['what was created is not kept', 'created-kept', garden({ behaviours: {
    create: (create) => (call) => {
      const answer = create(call);
      const { items } = call.world.behaviours.collect(call).collection;
      items.splice(items.findIndex((item) => item.id === (answer.body as Body).id), 1);
      return answer;
    },
  } })],
  ['what was created has another colour than it is said to have', 'created-kept', garden({ behaviours: {
    create: (create) => (call) => {
      const answer = create(call);
      return { ...answer, body: { ...(answer.body as Body), colour: 'blue' } };
    },
  } }), ['created-answers']],
  ['what is created is white, whatever colour was sent', 'created-answers', garden({ behaviours: {
    create: (create) => (call) => create({ ...call, body: { ...(call.body as Body), colour: 'white' } }),
  } })],
  ['what is created has no name, although one was sent', 'created-answers', garden({ behaviours: {
    create: (create) => (call) => create({ ...call, body: { ...(call.body as Body), name: '' } }),
  } })],
  ['what is created is created twice', 'created-once', garden({ behaviours: {
    create: (create) => (call) => {
      create(call);
      return create(call);
    },
  } }, 5)],
  ['deleting a second time is an error of the server', 'status-declared', garden({ behaviours: {
    remove: (remove) => (call) => {
      try {
        call.world.behaviours.find(call);
      } catch {
        throw new Problem(500, 'Error', 'Sorry.');
      }
      return remove(call);
    },
  } })],
  // Requests as other clients send them
  ['any type but JSON is refused', 'accept-ranges', asking(({ headers }) => headers.accept === '*/*', 406)],
  ['weights in Accept are refused', 'accept-ranges', asking(({ headers }) => String(headers.accept).includes('q='), 406)],
  ['Accept: */* gets HTML', 'content-type', answers((response, { request }) => {
    if (request.headers.accept !== '*/*' || response.status !== 200) return;
    response.headers['Content-Type'] = 'text/html';
  })],
  ['the scheme has to begin with a capital', 'scheme-case', asking(({ headers }) => String(headers.authorization).startsWith('bearer'), 401)],
  ['a parameter that nobody knows is an error of the server', 'status-declared', asking(({ url }) => url.searchParams.has('not_a_parameter'), 500)],
  ['a body with a charset is of an unsupported type', 'body-type', garden(asking(({ headers }) => String(headers['content-type']).includes('charset'), 415))],
  ['a media type in capitals is a mistake', 'body-type', garden(asking(({ headers }) => headers['content-type'] === 'APPLICATION/JSON', 400))],
  ['a parameter that nobody knows needs another login', 'unknown-parameter', asking(({ url }) =>
    url.pathname.endsWith('/status_logs') && url.searchParams.has('not_a_parameter'), 401)],
  ['a condition that is met makes a list not found', 'other-etag', asking(({ url, headers }) =>
    url.pathname.endsWith('/status_logs') && headers['if-none-match'] !== undefined, 404)],
  ['a page size without a value is an error of the server', 'status-declared', asking(({ url }) => url.searchParams.get(PAGE_SIZE) === '', 500)],
  ['a page size that comes twice needs another login', 'odd-query', asking(({ url }) => url.searchParams.getAll(PAGE_SIZE).length > 1, 401)],
  ['a filter without a value is an error of the server', 'status-declared', asking(({ url }) => url.searchParams.get('available_for_user_id') === '', 500)],
  ['a range that ends before it begins is an error of the server', 'status-declared', asking(({ url }) => url.search.includes('gte=2999') && url.search.includes('lte'), 500)],
  ['a language that the server lacks is refused, although any will do', 'accept-language', asking(({ headers }) => String(headers['accept-language']).startsWith('tlh'), 406)],
  ['a lower bound counts only before the upper one', 'query-order', answers((response, { request: { url } }) => {
    const names = [...url.searchParams.keys()];
    const [from, to] = [names.findIndex((name) => name.endsWith('__gte')), names.findIndex((name) => name.endsWith('__lte'))];
    if (response.status === 200 && to >= 0 && from > to) response.body = (response.body as Body).slice(1);
  }, LOGS)],
  // Small pages
  ['pages of one item skip every second one', 'walk-ones', pages((page, query) =>
    query[PAGE_SIZE] === 1 && query[PAGE_AFTER] ? { ...page, items: [] } : page)],
  ['the size of a page is overlooked with a filter', 'page-longest', overlookingSize('available_for_user_id')],
  ['the Location of what was created leads to another one', 'created-location', garden(createdAt((id) => `https://garden.example.com/v1/plants/${id.replace('9', '0')}`))],
  ['the Location of what was created leads to its collection', 'created-location', garden(createdAt(() => '/plants/'))],
  ['what was deleted is listed all the same', 'deleted-gone', garden(remembering((plants, gone) => plants.unshift(gone), to('/plants'))), ['page-longest']],
];

/** The size of a page counts for nothing, where another parameter is there. */
function overlookingSize(other: string): Change {
  return {
    behaviours: {
      paginate: (paginate) => (all, collection, call) => {
        const { [PAGE_SIZE]: _, ...query } = call.query;
        return paginate(all, collection, call.query[other] === undefined ? call : { ...call, query });
      },
    },
  };
}

/** Sorts in another way than was asked for. */
function sortingBy(other: (sort: string, query: Body) => string): Change {
  return {
    behaviours: {
      paginate: (paginate) => (items, collection, call) => {
        const { sort = '' } = call.query;
        const query = { ...call.query, sort: other(String(sort), call.query) };
        const unsorted = collection.items.filter((item) => items.includes(item));
        return paginate(sortItems(unsorted, { ...call, query }), collection, call);
      },
    },
  };
}

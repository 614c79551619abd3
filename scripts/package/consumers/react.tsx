// A page whose data comes through react-query and SWR, both of which use `ev.api`. It is type-checked as a web project
// compiles, without a cast, and opened in Chromium. Each line on it has a title, by which the test finds it.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { EvEnergy } from 'ev-energy-client';
import createReactQuery from 'openapi-react-query';
import { type ReactNode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { createInfiniteHook, createMutateHook, createQueryHook } from 'swr-openapi';

const { searchParams } = new URL(location.href);
const evse_id = searchParams.get('evse') ?? '';
const ev = new EvEnergy({
  baseUrl: searchParams.get('api') ?? '',
  accessToken: searchParams.get('token') ?? '',
  maxRetries: 1,
  backoff: { initial: 1, max: 1 },
});

const MAKES = { params: { query: { page_size: 10 } } };
const MAKE = { params: { path: { evse_make_id: searchParams.get('make') ?? '' } } };
/** One that is never answered but by an empty 503. */
const DOWN = { params: { path: { evse_make_id: 'emak00000000000000000000000503' } } };
const EVSE = { params: { path: { evse_id } } };
const MOVED = { ...EVSE, body: { location: { latitude: 51.5, longitude: -0.12 } } };

/** After all logs. */
const now = new Date().toISOString();

function Line({ title, children }: { title: string; children: ReactNode }) {
  return <p title={title}>{children}</p>;
}

/** The moment before the last of a page's logs, which come latest first; undefined where there is none before. */
function before(logs: readonly { sampled_at?: string }[]): string | undefined {
  const last = logs.at(-1)?.sampled_at;
  return last && new Date(Date.parse(last) - 1).toISOString();
}

const query = createReactQuery(ev.api);

function ReactQuery() {
  const makes = query.useQuery('get', '/evse_makes', { ...MAKES, timeout: 5_000 });
  const down = query.useQuery('get', '/evse_makes/{evse_make_id}', DOWN, { retry: false });
  const misspelt = query.useQuery('get', '/evse_makes', { ...MAKES, tiemout: 5_000 }, { retry: false });
  const logs = query.useInfiniteQuery('get', '/evses/{evse_id}/status_logs', EVSE, {
    pageParamName: 'sampled_at__lte',
    initialPageParam: now,
    getNextPageParam: before,
  });
  const move = query.useMutation('patch', '/evses/{evse_id}');
  return (
    <section>
      <Line title="query: makes">{makes.data?.map((make) => make.name).join()}</Line>
      <Suspense fallback={null}>
        <SuspendedMake />
      </Suspense>
      <Line title="query: logs">
        {logs.data?.pages.flatMap((page) => page.map((log) => log.sampled_at)).join()}
      </Line>
      <button type="button" onClick={() => logs.fetchNextPage()}>
        query: more logs
      </button>
      <Line title="query: latitude">{move.data?.location?.latitude}</Line>
      <button type="button" onClick={() => move.mutate(MOVED)}>
        query: move
      </button>
      <Line title="query: error">{down.error && `${down.error.status} ${down.error.title}`}</Line>
      <Line title="query: misspelt">{misspelt.error && String(misspelt.error)}</Line>
    </section>
  );
}

function SuspendedMake() {
  const { data } = query.useSuspenseQuery('get', '/evse_makes/{evse_make_id}', MAKE);
  return <Line title="query: make">{data.name}</Line>;
}

const useSwr = createQueryHook(ev.api, 'ev-energy');
const useSwrInfinite = createInfiniteHook(ev.api, 'ev-energy');
const useMutate = createMutateHook(
  ev.api,
  'ev-energy',
  (init, part) => JSON.stringify(init) === JSON.stringify(part),
);

function Swr() {
  const makes = useSwr('/evse_makes', MAKES);
  const down = useSwr('/evse_makes/{evse_make_id}', DOWN, { shouldRetryOnError: false });
  const evse = useSwr('/evses/{evse_id}', EVSE);
  const logs = useSwrInfinite('/evses/{evse_id}/status_logs', (_, previous) => {
    const sampled_at__lte = previous ? before(previous) : now;
    return sampled_at__lte === undefined ? null : { params: { ...EVSE.params, query: { sampled_at__lte } } };
  });
  const mutate = useMutate();
  const move = async () => {
    await ev.api.PATCH('/evses/{evse_id}', MOVED);
    await mutate(['/evses/{evse_id}', EVSE]);
  };
  return (
    <section>
      <Line title="swr: makes">{makes.data?.map((make) => make.name).join()}</Line>
      <Line title="swr: logs">{logs.data?.flatMap((page) => page.map((log) => log.sampled_at)).join()}</Line>
      <button type="button" onClick={() => logs.setSize(2)}>
        swr: more logs
      </button>
      <Line title="swr: latitude">{evse.data?.location?.latitude}</Line>
      <button type="button" onClick={move}>
        swr: move
      </button>
      <Line title="swr: error">{down.error && `${down.error.status} ${down.error.title}`}</Line>
    </section>
  );
}

/** What neither of them takes; nothing runs it. */
export function Mistakes() {
  // @ts-expect-error: a path that the document lacks
  query.useQuery('get', '/elsewhere');
  // @ts-expect-error: a parameter of the wrong type
  query.useQuery('get', '/evse_makes', { params: { query: { page_size: 'ten' } } });
  // @ts-expect-error: a path parameter is missing
  query.useSuspenseQuery('get', '/evse_makes/{evse_make_id}');
  // @ts-expect-error: no such option of react-query
  query.useMutation('patch', '/evses/{evse_id}', { onSucess: () => {} });
  // @ts-expect-error: a body of the wrong type
  query.useMutation('patch', '/evses/{evse_id}').mutate({ ...EVSE, body: { location: 'London' } });
  // @ts-expect-error: a path that the document lacks
  useSwr('/elsewhere');
  // @ts-expect-error: a misspelt parameter
  useSwr('/evse_makes', { params: { query: { page_sise: 10 } } });
  // @ts-expect-error: a misspelt option
  useSwr('/evse_makes', { parms: {} });
  return null;
}

createRoot(document.body).render(
  <QueryClientProvider client={new QueryClient()}>
    <ReactQuery />
    <Swr />
  </QueryClientProvider>,
);

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiRequests, EVSE, fakeApi } from '../../scripts/test/fake.js';
import { scratch } from '../../scripts/test/files/scratch.js';
import { EvEnergy, QuotaReserveError } from '../index.js';
import { unwritable } from '../node/unwritable.js';
import { type Fake, type FakeOptions, Problem, rateLimited } from '../testing/index.js';
import {
  type Batch,
  csvSink,
  ExportError,
  type ExportOptions,
  type ExportPlan,
  type ExportProgress,
  exportCollection,
  ndjsonSink,
  parquetSink,
  planExport,
} from './index.js';
import { Journal } from './journal/journal.js';

async function api(options: FakeOptions = {}, quota = {}) {
  const fake = await fakeApi(options);
  const ev = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, maxRetries: 0, quota });
  return { fake, ev };
}

/** The beginning of the exports here. */
const SINCE = '2026-06-20';

/** The fake's logs from that time on, by EVSE, oldest first. */
function served(fake: Fake, since = SINCE): Map<string, unknown[]> {
  const evses = fake.world.store.collection('/evses', [])?.items ?? [];
  return new Map(
    evses.flatMap(({ id }) => {
      const all = fake.world.store.collection('/evses/{}/status_logs', [String(id)])?.items ?? [];
      const logs = all.filter((log) => String(log.sampled_at) >= since);
      return logs.length > 0 ? [[String(id), logs.toReversed()] as const] : [];
    }),
  );
}

/** The content of the files, by EVSE. */
async function written(folder: string): Promise<Map<string, unknown[]>> {
  const found = new Map<string, unknown[]>();
  for (const parent of (await readdir(folder)).filter((name) => !name.startsWith('.'))) {
    const days = (await readdir(join(folder, parent))).sort();
    const texts = await Promise.all(days.map((day) => readFile(join(folder, parent, day), 'utf8')));
    const logs = texts.flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    for (const [index, text] of texts.entries())
      for (const line of text.trimEnd().split('\n'))
        expect(JSON.parse(line).sampled_at.slice(0, 10)).toBe(days[index]?.slice(0, 10));
    found.set(parent, logs);
  }
  return found;
}

/** The addresses of the requests for logs. */
const logRequests = (fake: Fake) =>
  apiRequests(fake)
    .filter(({ path }) => path.includes('/status_logs'))
    .map(({ path, query }) => `${path}?${query}`);

const settings = (folder: string, more: Partial<ExportOptions> = {}): ExportOptions => ({
  collection: 'evses.statusLogs',
  since: SINCE,
  until: '2026-07-02',
  sink: ndjsonSink(folder),
  journal: join(folder, '.journal'),
  ...more,
});

test('An export has every log of every EVSE once, by EVSE and day, oldest first', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const { items, parents, requests } = await exportCollection(ev, settings(folder));
  expect(await written(folder)).toEqual(served(fake));
  expect({ items, parents }).toEqual({ items: [...served(fake).values()].flat().length, parents: 36 });
  expect(requests).toBe(apiRequests(fake).length);
});

test('The next export asks for what is new alone, and finds logs that came late', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  await exportCollection(ev, settings(folder, { until: '2026-07-01' }));
  const logs = fake.world.store.collection('/evses/{}/status_logs', [EVSE]);
  const [newest] = logs?.items ?? [];
  for (const sampled_at of ['2026-06-30T23:30:00.000001Z', '2026-07-01T00:00:00.000000Z'])
    logs?.insert({ ...newest, sampled_at });
  const before = logRequests(fake).length;
  await exportCollection(ev, settings(folder));
  expect(logRequests(fake).length - before).toBe(36);
  expect(await written(folder)).toEqual(served(fake));
});

/** Leaves an export unfinished after some requests. */
async function stopped(ev: EvEnergy, options: ExportOptions, most = 12): Promise<void> {
  const stop = new AbortController();
  const onProgress = ({ requests }: { requests: number }) => {
    if (requests >= most) stop.abort(new Error('stopped'));
  };
  await expect(exportCollection(ev, { ...options, onProgress, signal: stop.signal })).rejects.toThrow(
    'stopped',
  );
}

test('Machines that begin in the same new folder at the same moment do not take it from each other', async () => {
  const folder = await scratch();
  for (let round = 0; round < 20; round += 1) {
    const fresh = join(folder, String(round), 'logs');
    const open = async () => {
      await ndjsonSink(fresh).check?.('evses.statusLogs');
      return ndjsonSink(fresh).open?.('evses.statusLogs');
    };
    expect(new Set(await Promise.all([open(), open(), open()])).size).toBe(1);
  }
});

test('What is still to come is not taken for exported, whatever end an export was given', async () => {
  const [{ fake, ev }, folder] = [await api({ latest: new Date() }), await scratch()];
  const options = { ...settings(folder), since: '2d', until: '2099-01-01', parents: [[EVSE]] };
  await exportCollection(ev, options);
  const head = await Journal.open(join(folder, '.journal'));
  expect(head.covered([EVSE])[0]?.until).toBeLessThanOrEqual(Date.now() * 1000);
  expect(apiRequests(fake).length).toBeLessThan(60);
});

test('An export that begins years before there was anything costs no request for each month', async () => {
  const [{ fake, ev }, folder] = [await api({ evses: 70, statusLogs: 150 }), await scratch()];
  let planned = 0;
  const onPlan = ({ requests }: ExportPlan) => {
    planned = requests;
  };
  const options = settings(folder, { since: '2016-01-01', until: '2026-07-10', onPlan });
  const { requests, items } = await exportCollection(ev, options);
  expect(items).toBe([...served(fake, '2016').values()].flat().length);
  expect(requests).toBeLessThan(70 * 3);
  expect(planned).toBeLessThan(1_000);
});

test('An export that was stopped goes on, and fetches no page again', async () => {
  const [{ fake, ev }, folder] = [await api({ statusLogs: 1_200 }), await scratch()];
  for (const most of [3, 9, 20, 34]) {
    const stop = new AbortController();
    const onProgress = ({ requests }: { requests: number }) => {
      if (requests >= most) stop.abort(new Error('stopped'));
    };
    // From the place where it stopped: the last run may have completed what the next one would stop at.
    await exportCollection(ev, settings(folder, { onProgress, signal: stop.signal })).catch((error) =>
      expect(String(error)).toContain('stopped'),
    );
  }
  await exportCollection(ev, settings(folder));
  expect(await written(folder)).toEqual(served(fake));
  const asked = apiRequests(fake).filter(({ status }) => status === 200);
  const addresses = asked.map(({ path, query }) => `${path}?${query}`);
  // Requests under way at a stop are answered all the same: four at a time, four times.
  expect(addresses.length - new Set(addresses).size).toBeLessThanOrEqual(4 * 4);
});

test('What kills have left in the journal and in the sink goes with the next export', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const day = join(folder, EVSE, '2026-06-30.ndjson');
  await mkdir(join(folder, EVSE), { recursive: true });
  await mkdir(join(folder, '.journal/pages'), { recursive: true });
  await writeFile(`${day}.1234.new`, '{"sampled_at":');
  await writeFile(join(folder, '.journal/pages', `${'0'.repeat(32)}.ndjson`), '{"items":[]}\n');
  await exportCollection(ev, settings(folder, { parents: [[EVSE]], since: '2026-06-29' }));
  expect(await readdir(join(folder, '.journal/pages'))).toEqual([]);
  expect(await readdir(join(folder, EVSE))).not.toContain('2026-06-30.ndjson.1234.new');
  expect(await written(folder)).toEqual(new Map([[EVSE, served(fake, '2026-06-29').get(EVSE)]]));
});

test('A line of the journal or a page that was cut short by a kill counts as not written', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  await stopped(ev, settings(folder));
  const journal = join(folder, '.journal/journal.ndjson');
  await writeFile(journal, '{"done":"00', { flag: 'a' });
  for (const page of await readdir(join(folder, '.journal/pages')))
    await writeFile(join(folder, '.journal/pages', page), '{"items":[{"sam', { flag: 'a' });
  await exportCollection(ev, settings(folder));
  expect(await written(folder)).toEqual(served(fake));
});

test('An unfinished export is only continued with what it was asked for, and says so', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  await stopped(ev, settings(folder));
  const sent = fake.requests.length;
  const unlike: [Partial<ExportOptions>, RegExp][] = [
    [
      { since: '2026-06-29' },
      /^since: 2026-06-29.* is not what the unfinished export of .* 2026-06-20T.*; finish it/,
    ],
    [{ until: '2026-07-01' }, /^until: 2026-07-01.* 2026-07-02T.*; finish it/],
    [{ parents: [[EVSE]] }, /^parents: evse\w+ is not .*: all; finish it/],
    [{ query: { expand: ['evse'] } }, /^query: {"expand":\["evse"\]} is not .*: {}; finish it/],
    [{ collection: 'evses.errorLogs' }, /^journal: .* is that of another export/],
  ];
  for (const [options, message] of unlike) {
    await expect(exportCollection(ev, settings(folder, options))).rejects.toThrow(message);
    await expect(planExport(ev, settings(folder, options))).rejects.toThrow(message);
  }
  expect(fake.requests).toHaveLength(sent);
  const plans: ExportPlan[] = [];
  const onPlan = (plan: ExportPlan) => void plans.push(plan);
  // So long ago means the time that it began with; and what is later than its end comes after it.
  const since = `${Math.ceil((Date.now() - Date.UTC(2026, 5, 19)) / 86_400_000)}d`;
  await exportCollection(ev, settings(folder, { since, until: '2026-07-03', onPlan }));
  expect(await written(folder)).toEqual(served(fake));
  expect(plans.map(({ continues }) => continues)).toEqual([
    expect.objectContaining({
      begun: expect.any(Date),
      since: '2026-06-20T00:00:00.000000Z',
      until: '2026-07-02T00:00:00.000000Z',
    }),
    undefined,
  ]);
});

test('Days between two exports that neither was asked for are fetched when a third one asks for them', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const parents = [[EVSE]];
  await exportCollection(ev, settings(folder, { parents, until: '2026-06-28T18:00:00Z' }));
  await exportCollection(ev, settings(folder, { parents, since: '2026-06-30' }));
  const all = served(fake).get(EVSE) ?? [];
  expect((await written(folder)).get(EVSE)?.length).toBeLessThan(all.length);
  await exportCollection(ev, settings(folder, { parents }));
  expect((await written(folder)).get(EVSE)).toEqual(all);
});

test('A window that holds too much is cut, and no item is lost or doubled at the cut', async () => {
  const [{ fake, ev }, folder] = [await api({ statusLogs: 11_000 }), await scratch()];
  const batches: Batch[] = [];
  const parents = [[EVSE]];
  const sink = (batch: Batch) => void batches.push(batch);
  const { windows } = await exportCollection(
    ev,
    settings(folder, { sink, parents, since: '2020-01-01', window: 3e11 }),
  );
  expect(windows).toBeGreaterThan(2);
  expect(Math.max(...batches.map(({ items }) => items.length))).toBeLessThanOrEqual(5_000);
  const all = batches.flatMap(({ items }) => items as { sampled_at: string }[]);
  all.sort((a, b) => (a.sampled_at < b.sampled_at ? -1 : 1));
  expect(all).toEqual(served(fake, '2020').get(EVSE));
});

test('Items of one time are not skipped by cursors that are times, and more than a page of them is told of', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const logs = fake.world.store.collection('/evses/{}/status_logs', [EVSE]);
  const insert = (sampled_at: string, charge_rate_watts: number) =>
    logs?.insert({ ...logs.items[0], sampled_at, charge_rate_watts });
  for (let burst = 0; burst < 40; burst += 1)
    for (let log = 0; log < 7; log += 1)
      insert(`2026-06-29T00:${String(burst).padStart(2, '0')}:00.000000Z`, log);
  const options = settings(folder, { parents: [[EVSE]], since: '2026-06-28' });
  await exportCollection(ev, options);
  const lines = ((await written(folder)).get(EVSE) ?? []).map((log) => JSON.stringify(log));
  expect(lines.sort()).toEqual((served(fake).get(EVSE) ?? []).map((log) => JSON.stringify(log)).sort());
  for (let log = 0; log < 101; log += 1) insert('2026-06-27T00:00:00.000000Z', log);
  await expect(exportCollection(ev, { ...options, since: '2026-06-27' })).rejects.toThrow(
    /as many items as a page holds have the sampled_at 2026-06-27T/,
  );
});

test('CSV has a column for each field, and takes new rows in among the old', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const parents = [[EVSE]];
  const sink = csvSink(folder);
  await exportCollection(ev, settings(folder, { sink, parents, until: '2026-06-30T10:00:00Z' }));
  const logs = fake.world.store.collection('/evses/{}/status_logs', [EVSE]);
  logs?.insert({
    ...logs.items[0],
    sampled_at: '2026-06-30T09:30:00.5Z',
    note: 'a "b",\nc',
    empty: '',
    nested: { a: [1] },
    constructor: 'a name that every object has',
  });
  await exportCollection(ev, settings(folder, { sink, parents }));
  const days = (await readdir(join(folder, EVSE))).sort();
  const texts = await Promise.all(days.map((day) => readFile(join(folder, EVSE, day), 'utf8')));
  const header = (texts.at(-1) ?? '').split('\r\n')[0]?.split(',') ?? [];
  expect(header).toEqual(
    expect.arrayContaining(['sampled_at', 'charge_rate_watts', 'note', 'empty', 'nested']),
  );
  const rows = texts.flatMap((text) => text.trimEnd().split('\r\n').slice(1));
  expect(rows).toHaveLength(served(fake).get(EVSE)?.length ?? 0);
  const late = rows.find((row) => row.includes('2026-06-30T09:30:00.5Z'));
  expect(late).toContain('"a ""b"",\nc","","{""a"":[1]}"');
  // Null is written as an empty cell, and so is what an item merely inherits.
  expect(texts.join('')).not.toMatch(/null|native code/);
});

describe('When the quota is empty', () => {
  test('an export that is told to stop ends with the error of the quota, and goes on later', async () => {
    let hours = 0;
    const now = () => Date.now() + hours * 3_600_000;
    const [{ fake, ev }, folder] = [await api({ rateLimit: 40, now }, { reserve: 10 }), await scratch()];
    const stopped = exportCollection(ev, settings(folder, { whenEmpty: 'stop' }));
    await expect(stopped).rejects.toThrow(QuotaReserveError);
    expect(apiRequests(fake)).toHaveLength(30);
    hours = 1;
    const later = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token });
    await exportCollection(later, settings(folder));
    expect(await written(folder)).toEqual(served(fake));
    const addresses = apiRequests(fake).map(({ path, query }) => `${path}?${query}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('an export waits a day at most, however long the API says', async () => {
    const [{ fake, ev }, folder] = [await api(), await scratch()];
    fake.faults.next(rateLimited('99999999999999999999'));
    let time = Date.UTC(2026, 6, 2);
    const waits: number[] = [];
    const until = new Set<string>();
    const clock = {
      now: () => time,
      sleep: async (milliseconds: number) => {
        waits.push(milliseconds);
        time += milliseconds;
      },
    };
    const onProgress = ({ waitingUntil }: ExportProgress) =>
      void (waitingUntil && until.add(waitingUntil.toISOString()));
    await exportCollection(ev, settings(folder, { parents: [[EVSE]], cadence: 600, clock, onProgress }));
    expect(waits).toEqual([86_400_000]);
    expect([...until]).toEqual(['2026-07-03T00:00:00.000Z']);
    expect((await written(folder)).get(EVSE)).toEqual(served(fake).get(EVSE));
  });

  test('a plan says that it waits, too', async () => {
    const [{ fake, ev }, folder] = [await api(), await scratch()];
    fake.faults.next(rateLimited('60'));
    let time = Date.UTC(2026, 6, 2);
    const until: (string | undefined)[] = [];
    const clock = {
      now: () => time,
      sleep: async (milliseconds: number) => {
        time += milliseconds;
      },
    };
    const onProgress = ({ waitingUntil }: ExportProgress) => void until.push(waitingUntil?.toISOString());
    await planExport(ev, settings(folder, { cadence: 600, clock, onProgress }));
    expect(until).toEqual(['2026-07-02T00:01:00.000Z']);
  });

  test('an export waits, and says until when', async () => {
    const clock = { time: Date.UTC(2026, 6, 2) };
    const [{ fake, ev }, folder] = [
      await api({ rateLimit: 20, tokenLifetime: 1e9, now: () => clock.time }),
      await scratch(),
    ];
    const waits = new Set<number>();
    await exportCollection(
      ev,
      settings(folder, {
        clock: {
          now: () => clock.time,
          sleep: async (milliseconds) => {
            clock.time += milliseconds;
          },
        },
        onProgress: ({ waitingUntil }) => {
          if (waitingUntil) waits.add(waitingUntil.getTime());
        },
      }),
    );
    expect(await written(folder)).toEqual(served(fake));
    expect(waits.size).toBeGreaterThan(0);
    // One refusal per hour for requests that are under way together.
    const refused = apiRequests(fake).filter(({ status }) => status === 429).length;
    expect(refused).toBeLessThanOrEqual(4 * Math.ceil(apiRequests(fake).length / 20));
  });
});

describe('A plan', () => {
  test('names parents, windows, requests and hours, and its pages are not fetched again', async () => {
    const [{ fake, ev }, folder] = [await api({ rateLimit: 1000 }), await scratch()];
    const plans: unknown[] = [];
    const { requests } = await exportCollection(
      ev,
      settings(folder, { onPlan: (plan) => void plans.push(plan), since: '2026-06-29' }),
    );
    expect(plans).toEqual([
      expect.objectContaining({
        collection: 'evses.statusLogs',
        parents: 36,
        left: expect.any(Number),
        hours: 0,
      }),
    ]);
    const addresses = apiRequests(fake).map(({ path, query }) => `${path}?${query}`);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(requests).toBe(addresses.length);
  });

  test('of a dry run writes nothing', async () => {
    const [{ fake, ev }, folder] = [await api(), await scratch()];
    const plan = await planExport(ev, settings(join(folder, 'new/logs'), { cadence: 60 }));
    expect(plan).toMatchObject({ parents: 36, windows: expect.any(Number) });
    expect(await readdir(folder)).toEqual([]);
    const sent = fake.requests.length;
    for (const [options, message] of [
      [{ sink: ndjsonSink('/dev/null/logs') }, /^sink: '\/dev\/null\/logs' can't be written/],
      [{ journal: '/dev/null/logs' }, /^journal: '\/dev\/null\/logs' can't be written/],
    ] as const)
      for (const start of [planExport, exportCollection])
        await expect(start(ev, settings(folder, options))).rejects.toThrow(message);
    expect(fake.requests).toHaveLength(sent);
  });
});

test.each([
  ['refuses', 403, 'given', { cadence: 60 }],
  ['refuses', 403, 'found out', {}],
  ['fails for', 500, 'given', { cadence: 60 }],
  ['fails for', 500, 'found out', {}],
])(
  'A parent that the API %s (%d) does not keep the others from the sink, with a cadence that is %s',
  async (_, status, __, cadence) => {
    const [{ fake, ev }, folder] = [await api(), await scratch()];
    const problem = new Problem(status, 'No', 'Not this one.');
    fake.faults.plan(({ url }) => (url.pathname.includes(EVSE) ? { kind: 'problem', problem } : undefined));
    for (let start = 1; start <= 2; start += 1) {
      const error = await exportCollection(ev, settings(folder, cadence)).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ExportError);
      expect(String(error)).toMatch(
        /refused \d+ of \d+ windows?, which the next start tries again; .*Not this/,
      );
      expect((await written(folder)).size).toBe(served(fake).size - 1);
    }
    fake.faults.clear();
    await exportCollection(ev, settings(folder, cadence));
    expect(await written(folder)).toEqual(served(fake));
  },
);

test.each([
  ['given', { cadence: 60 }],
  ['found out', {}],
])(
  'A parent whose items have no time keeps no other from the sink, and comes once they have one; a cadence is %s',
  async (_, cadence) => {
    const [{ fake, ev }, folder] = [await api(), await scratch()];
    const timeless = async (...asked: Parameters<typeof fetch>) => {
      const answer = await fetch(...asked);
      if (!answer.url.includes(EVSE)) return answer;
      return new Response(
        (await answer.text()).replaceAll(/"sampled_at":"[^"]+"/g, '"sampled_at":null'),
        answer,
      );
    };
    const misled = new EvEnergy({ baseUrl: fake.url, accessToken: fake.token, fetch: timeless });
    await expect(exportCollection(misled, settings(folder, cadence))).rejects.toThrow(
      /refused \d+ of \d+ windows?, which the next start tries again; .* has no time in sampled_at/,
    );
    expect((await written(folder)).size).toBe(served(fake).size - 1);
    await exportCollection(ev, settings(folder, cadence));
    expect(await written(folder)).toEqual(served(fake));
  },
);

test('A server that fails for all ends an export soon, although one parent may fail for long', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const problem = new Problem(500, 'Internal Server Error', 'All is lost.');
  let isAll = false;
  fake.faults.plan(({ url }) =>
    url.pathname.includes(isAll ? 'status_logs' : EVSE) ? { kind: 'problem', problem } : undefined,
  );
  const options = settings(folder, { window: 86_400_000, cadence: 60 });
  await expect(exportCollection(ev, options)).rejects.toThrow(/refused 12 of 432 windows/);
  // Those that are left are all of one parent.
  await expect(exportCollection(ev, options)).rejects.toThrow(/refused 12 of 12 windows/);
  const sent = apiRequests(fake).length;
  isAll = true;
  await expect(exportCollection(ev, settings(folder, { until: '2026-07-03', cadence: 60 }))).rejects.toThrow(
    'All is lost',
  );
  // The list of EVSEs, windows on end, and those that were under way beside the last one.
  expect(apiRequests(fake).length - sent).toBeLessThanOrEqual(1 + 6 + 3);
});

test('A parent that stays refused costs each export one request, and has all its items once it is allowed', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const problem = new Problem(403, 'Forbidden', 'Not this one.');
  fake.faults.plan(({ url }) => (url.pathname.includes(EVSE) ? { kind: 'problem', problem } : undefined));
  const asked = () => apiRequests(fake).filter(({ path }) => path.includes(EVSE)).length;
  const options = { ...settings(folder, { cadence: 60 }), since: '2026-06-28', window: 86_400_000 * 30 };
  for (let hour = 1; hour <= 5; hour += 1) {
    const until = `2026-06-29T0${hour}:00:00Z`;
    await expect(exportCollection(ev, { ...options, until })).rejects.toThrow('refused 1 of');
    expect(asked()).toBe(hour);
  }
  fake.faults.clear();
  await exportCollection(ev, options);
  expect(await written(folder)).toEqual(served(fake, '2026-06-28'));
});

test.each([
  [ndjsonSink, 'hunter2 is no JSON\n'],
  [ndjsonSink, '{"password":"hunter2"}\n'],
  [csvSink, 'hunter2 has no time\r\n1\r\n'],
  [csvSink, 'hunter2 is cut short'],
  [csvSink, 'sampled_at,note\r\n2026-06-30T10:00:00Z,hunter2'],
  [csvSink, 'sampled_at,note\r\n2026-06-30T10:00:00Z,hunter2,1\r\n'],
  [parquetSink, 'hunter2 is no Parquet'],
])(
  'A file of %o that somebody else has written is named, and its text is not shown: %j',
  async (sinkOf, text) => {
    const folder = await scratch();
    const batch = {
      collection: 'evses.statusLogs',
      parent: [EVSE],
      from: '2026-06-30T00:00:00.000000Z',
      until: '2026-07-01T00:00:00.000000Z',
      by: 'sampled_at',
      items: [{ sampled_at: '2026-06-30T11:00:00Z' }],
    };
    await sinkOf(folder).write(batch);
    const [day = ''] = await readdir(join(folder, EVSE));
    await writeFile(join(folder, EVSE, day), text);
    const error = String(
      await sinkOf(folder)
        .write(batch)
        .catch((thrown: unknown) => thrown),
    );
    expect(error).toMatch(new RegExp(`sink: .*${day} is not what this sink writes; delete it`));
    expect(error).not.toContain('hunter2');
    expect(await readFile(join(folder, EVSE, day), 'utf8')).toBe(text);
  },
);

test('A sink that fails ends the export, and another start goes on', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  let writes = 0;
  const broken = {
    ...ndjsonSink(folder),
    write: async (batch: Batch) => {
      writes += 1;
      if (writes === 5) throw new Error('disk full');
      await ndjsonSink(folder).write(batch);
    },
  };
  await expect(exportCollection(ev, settings(folder, { sink: broken }))).rejects.toThrow('disk full');
  await exportCollection(ev, settings(folder));
  expect(await written(folder)).toEqual(served(fake));
});

test('An export whose sink never comes to its end ends when it is told to, and with the error of another window', async () => {
  const [{ ev }, folder] = [await api(), await scratch()];
  const never = () => new Promise<never>(() => {});
  const options = settings(folder, { journal: undefined, parents: [[EVSE]], window: 86_400_000 });
  const told = ['check', 'open', 'write', 'close'].map(async (member) => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 200);
    const sink = { write: async () => {}, [member]: never };
    await expect(exportCollection(ev, { ...options, sink, signal: stop.signal })).rejects.toThrow('enough');
  });
  let writes = 0;
  const write = async () => {
    writes += 1;
    if (writes === 2) throw new Error('disk full');
    await never();
  };
  await expect(exportCollection(ev, { ...options, sink: { write } })).rejects.toThrow('disk full');
  await Promise.all(told);
});

test('Files that cannot be written, or a full disk, end an export with one error that names the option', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  await writeFile(join(folder, EVSE), 'in the place of its folder');
  await expect(exportCollection(ev, settings(folder, { parents: [[EVSE]] }))).rejects.toThrow(
    expect.objectContaining({
      name: 'ConfigurationError',
      message: expect.stringMatching(/^sink: .*\.ndjson can't be written \((EEXIST|ENOTDIR)\); give a path/),
    }),
  );
  expect(String(unwritable('sink', 'a', Object.assign(new Error(), { code: 'ENOSPC' })))).toMatch(
    /sink: a can't be written \(ENOSPC\); make room on its disk$/,
  );
  await rm(join(folder, EVSE));
  await exportCollection(ev, settings(folder, { parents: [[EVSE]] }));
  expect((await written(folder)).get(EVSE)).toEqual(served(fake).get(EVSE));
});

test('After a line that could not be written a journal takes no other, which would stand behind half a line', async () => {
  const folder = await scratch();
  const [journal, file] = [await Journal.open(folder), join(folder, 'journal.ndjson')];
  const [since, until] = ['2026-06-20T00:00:00.000000Z', '2026-07-02T00:00:00.000000Z'];
  await journal.begin({ since, until, begun: until, query: {} }, async () => ({}));
  await rename(file, `${file}.away`);
  await mkdir(file);
  await expect(journal.finish([])).rejects.toThrow(/^journal: .* can't be written \(EISDIR\)/);
  await rm(file, { recursive: true });
  await rename(`${file}.away`, file);
  const before = await readFile(file, 'utf8');
  await expect(journal.finish([])).rejects.toThrow(/^journal: .* can't be written/);
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('An export that the API refuses leaves nothing behind, and the right one is not held up by it', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const stranger = new EvEnergy({ baseUrl: fake.url, accessToken: 'wrong', maxRetries: 0 });
  const place = join(folder, 'logs');
  const refused: [EvEnergy, Partial<ExportOptions>, RegExp][] = [
    [ev, { parents: [[EVSE], ['evseMistyped']] }, /^parents: the API refuses evseMistyped; correct it/],
    [ev, { parents: [['evseMistyped']], cadence: 60 }, /^parents: the API refuses evseMistyped; correct it/],
    [
      ev,
      { query: { expand: ['model'] }, cadence: 60 },
      /^query: the API refuses {"expand":\["model"\]}; correct it/,
    ],
    [ev, { parents: [['']] }, /^parents: '' is not a value for/],
    [stranger, {}, /401/],
  ];
  for (const [client, options, message] of refused)
    for (const start of [planExport, exportCollection]) {
      await expect(start(client, settings(place, options))).rejects.toThrow(message);
      expect(await readdir(folder)).toEqual([]);
    }
  await exportCollection(ev, settings(place, { since: '2026-06-21' }));
  expect(await written(place)).toEqual(served(fake, '2026-06-21'));
});

test('A machine whose clock is ahead by more than is asked for again is told so, and marks nothing as exported', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const ahead = (hours: number, more: Partial<ExportOptions> = {}) =>
    settings(folder, {
      parents: [[EVSE]],
      until: undefined,
      clock: { now: () => Date.now() + hours * 3_600_000, sleep: async () => {} },
      ...more,
    });
  const message = /^until: 20\S+Z is still to come by the API's clock \(\w+, .* GMT\); set the clock/;
  for (const options of [ahead(1.1), ahead(0.1, { overlap: 0 }), ahead(48)])
    for (const start of [planExport, exportCollection])
      await expect(start(ev, options)).rejects.toThrow(message);
  expect(await readdir(folder)).toEqual([]);
  for (const options of [ahead(0.9), ahead(0.01, { overlap: 0 }), ahead(3, { overlap: 4 * 3_600_000 })])
    await exportCollection(ev, options);
  // An end of long ago is past for both.
  await exportCollection(ev, ahead(48, { until: '2026-07-02' }));
  expect((await written(folder)).get(EVSE)).toEqual(served(fake).get(EVSE));
  // Where neither parents nor a cadence have to be asked for, either.
  const kept = async () => {
    const journal = await Journal.open(join(folder, '.journal'));
    return [journal.run, journal.covered([EVSE])];
  };
  const before = await kept();
  await expect(exportCollection(ev, ahead(3, { cadence: 60 }))).rejects.toThrow(message);
  expect(await kept()).toEqual(before);
});

test.each([
  ['refuses', 422],
  ['fails for', 500],
])('A query that the API takes begins an export, although it %s the first parent (%d)', async (_, status) => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const evses = fake.world.store.collection('/evses', [])?.items ?? [];
  const [refused, ...others] = evses.map(({ id }) => String(id));
  const problem = new Problem(status, 'No', 'It has none.');
  fake.faults.plan(({ url }) =>
    url.pathname.includes(String(refused)) ? { kind: 'problem', problem } : undefined,
  );
  const parents: string[] = [];
  const sink = ({ parent }: Batch) => void parents.push(...parent);
  const options = settings(folder, { sink, query: { expand: ['evse'] }, cadence: 60 });
  await expect(exportCollection(ev, options)).rejects.toThrow(/refused 1 of 36 windows/);
  expect(parents.sort()).toEqual(others.sort());
});

test('Windows of a parent that is not asked for any more wait, and keep no other export from its end', async () => {
  const [{ fake, ev }, folder] = [await api(), await scratch()];
  const problem = new Problem(404, 'Not Found', 'It is gone.');
  fake.faults.plan(({ url }) => (url.pathname.includes(EVSE) ? { kind: 'problem', problem } : undefined));
  await expect(exportCollection(ev, settings(folder))).rejects.toThrow(ExportError);
  const [other = ''] = [...served(fake).keys()].filter((id) => id !== EVSE);
  await exportCollection(ev, settings(folder, { parents: [[other]] }));
  fake.faults.clear();
  await exportCollection(ev, settings(folder));
  expect(await written(folder)).toEqual(served(fake));
});

describe('Refused with one clear error before anything is sent:', () => {
  test.each<[string, Partial<ExportOptions>, RegExp]>([
    [
      'an unknown collection',
      { collection: 'tariffs' },
      /^collection: 'tariffs' is not a collection .*; there are .*evses\.statusLogs/,
    ],
    [
      'a collection without an order of time',
      { collection: 'evses' },
      /^collection: 'evses' is not a collection that is ordered by time/,
    ],
    ['a window upside down', { since: '2026-07-03' }, /^since: 2026-07-03.* is not before until/],
    ['a time that cannot be read', { since: 'yesterday' }, /^since: 'yesterday' is not a time/],
    ['a day that no month has', { since: '2026-02-30' }, /^since: '2026-02-30' is not a time/],
    [
      'a beginning that is to come',
      { since: '2999-01-01', until: '3000-01-01' },
      /^since: 2999.* not before/,
    ],
    ['windows too narrow to be counted', { window: 1 }, /^window: 1,036,800,000 windows are too many/],
    ['windows too narrow to have an end', { window: 1e-300 }, /^window: .* windows are too many/],
    ['no collection', { collection: undefined as never }, /^collection: is not a string$/],
    ['no beginning', { since: undefined as never }, /^since: is not a Date or a string$/],
    ['no sink', { sink: undefined as never }, /^sink: is not a sink: give ndjsonSink/],
    ['a sink that cannot write', { sink: {} as never }, /^sink: is not a sink/],
    [
      'a sink that cannot be written',
      { sink: ndjsonSink('/dev/null/logs') },
      /^sink: '\/dev\/null\/logs' can't be written/,
    ],
    [
      'a query with bounds of its own',
      { query: { sampled_at__gte: '2026-07-01' } },
      /^query: leave out sampled_at__gte; give since and until$/,
    ],
    [
      'a query with a cursor',
      { query: { page_after: 'x' } },
      /^query: leave out page_after; the export turns the pages itself$/,
    ],
    ['a query that is none', { query: 'expand' as never }, /^query: is not an object of values by name$/],
    [
      'a query with a misspelt name',
      { query: { expnd: ['evse'] } },
      /^expnd: is not .*; did you mean expand\?$/,
    ],
    ['a misspelt option', { concurency: 3 } as never, /^concurency: there is no such option/],
    ['parents of another shape', { parents: [['a', 'b']] }, /^parents: each has to be a list of 1 values/],
    ['a concurrency of 0', { concurrency: 0 }, /^concurrency: 0/],
    ['a cadence of 0', { cadence: 0 }, /^cadence: 0/],
  ])('%s', async (_, options, message) => {
    const [{ fake, ev }, folder] = [await api(), await scratch()];
    await expect(exportCollection(ev, settings(folder, options))).rejects.toThrow(message);
    expect(fake.requests).toEqual([]);
  });

  test('a folder of another collection, whose files it would write over', async () => {
    const folder = await scratch();
    const name = await ndjsonSink(folder).open?.('evses.statusLogs');
    expect(await ndjsonSink(folder).open?.('evses.statusLogs')).toBe(name);
    expect(await ndjsonSink(folder).check?.('evses.statusLogs')).toBe(name);
    for (const look of ['check', 'open'] as const)
      await expect(csvSink(folder)[look]?.('evses.errorLogs')).rejects.toThrow(
        /^sink: '.*' holds evses\.statusLogs, not evses\.errorLogs; give another folder$/,
      );
    expect(await readdir(folder)).toEqual(['.collection']);
  });

  test("another export's journal, and one that is broken", async () => {
    const [{ fake, ev }, folder] = [await api(), await scratch()];
    await exportCollection(ev, settings(folder, { cadence: 60 }));
    const sent = fake.requests.length;
    const elsewhere = new EvEnergy({ baseUrl: 'http://127.0.0.1:9/v2', accessToken: 'x' });
    const [sink, query] = [ndjsonSink(await scratch()), { expand: ['evse'] }];
    const unlike: [EvEnergy, Partial<ExportOptions>, string][] = [
      [ev, { collection: 'evses.errorLogs' }, 'GET .*status_logs'],
      [ev, { query }, 'query: {}, not {"expand":\\["evse"\\]}'],
      [ev, { sink }, 'sink: ndjson files of [\\w-]+, not ndjson files of a new folder'],
      [elsewhere, {}, `server: ${fake.url}, not http://127.0.0.1:9/v2`],
    ];
    for (const [client, options, difference] of unlike)
      for (const start of [exportCollection, planExport])
        await expect(start(client, settings(folder, options))).rejects.toThrow(
          new RegExp(`^journal: .* is that of another export \\(${difference}\\); give another folder$`),
        );
    await writeFile(join(folder, '.journal/journal.ndjson'), 'x\ny\n');
    await expect(exportCollection(ev, settings(folder))).rejects.toThrow(/^journal: .* is broken/);
    expect(fake.requests).toHaveLength(sent);
  });
});

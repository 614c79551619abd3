import { expect, test } from 'vitest';
import { EVSE, fakeApi } from '../../../scripts/test/fake.js';
import {
  EvEnergy,
  exchangeCode,
  OAuthError,
  refreshToken,
  type StoredTokens,
  type TokenStore,
} from '../../index.js';
import type { Fake } from '../../testing/index.js';

/** A store in memory that several clients share, as if each ran in a program of its own. */
class MemoryStore implements TokenStore {
  readonly entries = new Map<string, StoredTokens>();
  readonly #locks = new Map<string, Promise<unknown>>();
  saves = 0;

  async load(key: string) {
    return this.entries.get(key);
  }

  async save(key: string, tokens: StoredTokens) {
    this.saves += 1;
    this.entries.set(key, tokens);
  }

  lock<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = this.#locks.get(key) ?? Promise.resolve();
    const running = before.then(run, run);
    this.#locks.set(key, running);
    return running;
  }
}

const tokenRequests = (fake: Fake) => fake.requests.filter(({ endpoint }) => endpoint === 'token').length;
const call = (ev: EvEnergy) => ev.evses.statusLogs.list(EVSE, { page_size: 1 }).then();

async function programs(count: number, options: Parameters<typeof fakeApi>[0] = {}) {
  const fake = await fakeApi(options);
  const { url: baseUrl, clientId, clientSecret } = fake;
  const store = new MemoryStore();
  const program = () => new EvEnergy({ baseUrl, clientId, clientSecret, tokenStore: store });
  return { fake, store, all: Array.from({ length: count }, program) };
}

test('Programs that share a store get one token of the application, however many begin at once', async () => {
  const { fake, all } = await programs(5);
  await Promise.all(all.map(call));
  expect(tokenRequests(fake)).toBe(1);
});

test('A token that the API refuses is asked for once more, by one of the programs that share it', async () => {
  const { fake, all } = await programs(4);
  await Promise.all(all.map(call));
  fake.world.tokens.expireAll();
  await Promise.all(all.map(call));
  expect(tokenRequests(fake)).toBe(2);
});

test('A token is renewed early by one program, and taken from the store by the others', async () => {
  const { fake, all, store } = await programs(3, { tokenLifetime: 3600 });
  await Promise.all(all.map(call));
  const [[key = '', entry] = []] = store.entries;
  // A program that comes now finds a token with two minutes left: still good, and due to be renewed.
  const { tokenStore, ...rest } = { tokenStore: store, baseUrl: fake.url };
  store.entries.set(key, { ...entry, savedAt: Date.now() - 3_480_000, expiresAt: Date.now() + 120_000 });
  const late = [1, 2].map(
    () => new EvEnergy({ ...rest, tokenStore, clientId: fake.clientId, clientSecret: fake.clientSecret }),
  );
  await Promise.all(late.map(call));
  expect(tokenRequests(fake)).toBe(1);
  expect(store.entries.get(key)?.accessToken).toBe(entry?.accessToken);
});

test('A stored token is kept apart by application and scope, and named without its secret', async () => {
  const { fake, store } = await programs(0);
  const { url: baseUrl, clientId, clientSecret } = fake;
  for (const scope of [undefined, 'evse:read'])
    await call(new EvEnergy({ baseUrl, clientId, clientSecret, scope, tokenStore: store }));
  const { origin } = new URL(baseUrl);
  expect([...store.entries.keys()]).toEqual([`${origin} ${clientId}`, `${origin} ${clientId} (evse:read)`]);
});

/** A user who has signed in, and programs that got the tokens of that sign-in. */
async function signedIn() {
  const fake = await fakeApi();
  const { url: baseUrl, clientId, clientSecret } = fake;
  const store = new MemoryStore();
  const application = { baseUrl, clientId, clientSecret };
  const signIn = async () => {
    const redirectUri = 'https://app.example/callback';
    const codeVerifier = 'v'.repeat(43);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
    const code_challenge = Buffer.from(digest).toString('base64url');
    const authorization = new URL(fake.authorizationUrl ?? '');
    const query = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: 's',
      code_challenge,
      code_challenge_method: 'S256',
    };
    authorization.search = new URLSearchParams(query).toString();
    const callbackUrl =
      (await fake.fetch(authorization, { redirect: 'manual' })).headers.get('location') ?? '';
    return exchangeCode({ ...application, callbackUrl, redirectUri, state: 's', codeVerifier });
  };
  const program = (first: string | undefined, options: Partial<Parameters<typeof refreshToken>[0]> = {}) =>
    new EvEnergy({
      baseUrl,
      auth: refreshToken({ ...application, refreshToken: first, store, user: 'ada', ...options }),
    });
  return { fake, store, program, signIn };
}

test('Two holders of one refresh token go on with the one that followed it', async () => {
  const { fake, program, signIn } = await signedIn();
  const { refreshToken: first } = await signIn();
  const [a, b] = [program(first), program(first)];
  for (let round = 0; round < 3; round += 1) {
    await Promise.all([call(a), call(b)]);
    fake.world.tokens.expireAll();
  }
  // The sign-in's own, and one for each round.
  expect(tokenRequests(fake)).toBe(1 + 3);
  // One that starts late has the first refresh token only, which was spent long ago.
  await call(program(first));
});

test('A new sign-in takes the place of what the store has, for programs that began before it too', async () => {
  const { fake, program, signIn, store } = await signedIn();
  const old = program((await signIn()).refreshToken);
  await call(old);
  const { refreshToken: second } = await signIn();
  const other = program(second);
  await call(other);
  expect([...store.entries.values()][0]?.signIn).toBe(second);
  fake.world.tokens.expireAll();
  await call(other);
  await call(old);
  expect([...store.entries.values()][0]?.signIn).toBe(second);
});

test('A holder that ends between the answer and its saving leaves a clear request to sign in again', async () => {
  const { fake, program, signIn, store } = await signedIn();
  const { refreshToken: first } = await signIn();
  const save = store.save.bind(store);
  store.save = async (key, tokens) => {
    if (!tokens.spending) throw new Error('killed');
    await save(key, tokens);
  };
  await expect(call(program(first))).rejects.toThrow('killed');
  store.save = save;
  const error = await call(program(first)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OAuthError);
  expect(String(error)).toMatch(/lost: a program ended .* Let the user sign in again/);
  expect(String(error)).not.toContain(first);
  // And that is enough.
  await call(program((await signIn()).refreshToken));
  expect(fake.requests.at(-1)?.status).toBe(200);
});

test('A holder whose store could not save the answer goes on with it once the store can', async () => {
  const { fake, program, signIn, store } = await signedIn();
  const ours = program((await signIn()).refreshToken);
  const save = store.save.bind(store);
  store.save = async (key, tokens) => {
    if (!tokens.spending) throw new Error('the disk is full');
    await save(key, tokens);
  };
  await expect(call(ours)).rejects.toThrow('the disk is full');
  store.save = save;
  await call(ours);
  fake.world.tokens.expireAll();
  await call(ours);
});

test('A store that has lost its tokens gets those that a program goes on with', async () => {
  const { fake, program, signIn, store } = await signedIn();
  const { refreshToken: first } = await signIn();
  const [a, b] = [program(first), program(first)];
  for (const loses of [a, b]) {
    await Promise.all([call(a), call(b)]);
    fake.world.tokens.expireAll();
    store.entries.clear();
    await call(loses);
    // The other one has what it needs from the store again.
    await Promise.all([call(a), call(b)]);
  }
});

test('Only the program that renewed is told of new tokens', async () => {
  const { program, signIn } = await signedIn();
  const { refreshToken: first } = await signIn();
  const told: string[] = [];
  const onTokens = ({ refreshToken: next }: { refreshToken?: string | undefined }) =>
    void told.push(next ?? '');
  await Promise.all([call(program(first, { onTokens })), call(program(first, { onTokens }))]);
  expect(told).toHaveLength(1);
  expect(told).not.toContain(first);
});

test.each([
  [{ tokenStore: {} as TokenStore }, /^tokenStore\.load: /],
  [{ tokenStore: new MemoryStore(), accessToken: 'abcdef' }, /^tokenStore: is for clientId and clientSecret/],
])('A store that can be of no use is refused before anything is sent', (options, message) => {
  expect(() => new EvEnergy({ baseUrl: 'http://127.0.0.1:1', ...options })).toThrow(message);
});

test('A store of refresh tokens asks whose they are', () => {
  expect(() => refreshToken({ refreshToken: 'r', clientId: 'c', store: new MemoryStore() })).toThrow(
    /^user: /,
  );
});

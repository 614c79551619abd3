import { describe, expect, it } from 'vitest';
import { camelCase, nameMethod, pathParameters } from './naming.js';

function name(
  method: string,
  path: string,
  neighbours: Record<string, string[]> = {},
  isList = false,
): string {
  const paths = new Map(
    Object.entries({ [path]: [method], ...neighbours }).map(([key, methods]) => [key, new Set(methods)]),
  );
  const { resource, methodName } = nameMethod({ method, path, isList }, paths);
  return [...resource, methodName].join('.');
}

describe('nameMethod', () => {
  it.each([
    ['GET', '/evse_makes', 'evseMakes.list', true],
    ['GET', '/evse_makes/{id}', 'evseMakes.retrieve', false],
    ['POST', '/vehicles', 'vehicles.create', false],
    ['PATCH', '/evses/{id}', 'evses.update', false],
    ['PUT', '/evses/{id}', 'evses.update', false],
    ['DELETE', '/evses/{id}', 'evses.delete', false],
    ['GET', '/evses/{evse_id}/status_logs', 'evses.statusLogs.list', true],
    ['GET', '/evses/{evse_id}/status_logs/{at}', 'evses.statusLogs.retrieve', false],
    ['POST', '/evses/{id}/reconnect', 'evses.reconnect', false],
    ['POST', '/evses/{id}:reconnect', 'evses.reconnect', false],
    ['GET', '/evses:batch-get', 'evses.batchGet', false],
    ['GET', '/evses/{id}/connectivity', 'evses.connectivity.retrieve', false],
    ['GET', '/users/me', 'users.me', false],
    ['GET', '/terms/{id}/versions/current', 'terms.versions.current', false],
    ['GET', '/compatibility/check', 'compatibility.check', false],
    ['GET', '/ovens/{id}/check', 'ovens.check', false],
    ['GET', '/loaves/search', 'loaves.search', true],
    ['GET', '/admin/bakers', 'admin.bakers.list', true],
    ['GET', '/ovens/{id}/process_logs', 'ovens.processLogs.list', true],
    ['POST', '/sessions/{id}/recalculate_energy_usages', 'sessions.recalculateEnergyUsages', false],
    ['POST', '/sessions/{id}/resync-devices', 'sessions.resyncDevices', false],
    ['POST', '/sessions/{id}/export_files', 'sessions.exportFiles.create', false],
    ['POST', '/onboarding/onboarding_link', 'onboarding.onboardingLink', false],
    ['PUT', '/ovens/{id}/activate', 'ovens.activate', false],
    ['DELETE', '/ovens/{id}/access', 'ovens.access.delete', false],
    ['GET', '/', 'root.retrieve', false],
    ['POST', '/', 'root.create', false],
    ['POST', '/waitlist', 'waitlist', false],
    ['POST', '/tickets', 'tickets.create', false],
    ['GET', '/constructor/{id}', 'constructor_.retrieve', false],
    ['POST', '/ovens/{id}/then', 'ovens.then_', false],
    ['GET', '/quota', 'quota_.retrieve', false],
    ['GET', '/ovens/{id}/quota', 'ovens.quota.retrieve', false],
    ['POST', '/users/{id}/push-tokens', 'users.pushTokens.create', false],
    ['HEAD', '/evses/{id}', 'evses.head', false],
  ])('%s %s is %s', (method, path, expected, isList) => {
    expect(name(method, path, {}, isList)).toBe(expected);
  });

  it('keeps a resource where its path has other methods, or others below it', () => {
    expect(name('GET', '/users/me', { '/users/me': ['GET', 'PATCH'] })).toBe('users.me.retrieve');
    expect(name('GET', '/users/me', { '/users/me/cars': ['GET'] })).toBe('users.me.retrieve');
    expect(name('POST', '/ovens/{id}/check', { '/ovens/{id}/check/{step}': ['GET'] })).toBe(
      'ovens.check.create',
    );
  });

  it('lists a collection whose body is an object, when it has items', () => {
    expect(name('GET', '/reports', { '/reports/{id}': ['GET'] })).toBe('reports.list');
  });

  it('lists by a last parameter where nothing else is the collection', () => {
    expect(name('GET', '/assets/by-region/{region}', {}, true)).toBe('assets.byRegion.list');
    expect(name('GET', '/assets/{id}', { '/assets': ['GET'] }, true)).toBe('assets.retrieve');
  });

  it('creates where a singular last segment is read too', () => {
    expect(name('POST', '/evses/{id}/schedule', { '/evses/{id}/schedule': ['GET', 'POST'] })).toBe(
      'evses.schedule.create',
    );
  });

  it('replaces by PUT where PATCH stands beside it', () => {
    const neighbours = { '/evses/{id}': ['PUT', 'PATCH'] };
    expect(name('PUT', '/evses/{id}', neighbours)).toBe('evses.replace');
    expect(name('PATCH', '/evses/{id}', neighbours)).toBe('evses.update');
  });

  it('tells changes of a whole collection from those of an item', () => {
    expect(name('DELETE', '/evses', { '/evses/{id}': ['DELETE'] })).toBe('evses.deleteAll');
  });
});

describe('camelCase', () => {
  it.each([
    ['evse_makes', 'evseMakes'],
    ['push-tokens', 'pushTokens'],
    ['EVSEMakes', 'evseMakes'],
    ['ID', 'id'],
    ['2fa', '_2fa'],
    ['a.b c', 'aBC'],
  ])('%s is %s', (text, expected) => {
    expect(camelCase(text)).toBe(expected);
  });
});

it('finds path parameters in order', () => {
  expect(pathParameters('/a/{b_id}/c/{d}:act')).toEqual(['b_id', 'd']);
});

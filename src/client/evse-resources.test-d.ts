// Compile-time tests: `npm run check:types` fails if a line doesn't type-check as stated.
import type { EVSE, EVSEModel, EvEnergy, EvsesListExpand, EvsesRetrieveParams, Redirect } from '../index.js';

export async function redirects(ev: EvEnergy): Promise<void> {
  const answer = await ev.evseOnboarding.retrieve({ user_id: 'user', client_id: 'app' });
  if ('location' in answer) answer satisfies Redirect;
  else answer.url satisfies string;
  // @ts-expect-error it may be a redirect, which has none
  answer.url;
  // @ts-expect-error user_id and client_id are required
  await ev.evseOnboarding.retrieve();
  // @ts-expect-error the one response type is json
  await ev.evseOnboarding.retrieve({ user_id: 'user', client_id: 'app', response_type: 'xml' });
}

export async function writes(ev: EvEnergy): Promise<void> {
  ev.evses.delete('evse') satisfies Promise<void>;
  await ev.evses.update('evse', { location: null });
  await ev.evses.update('evse', { location: { latitude: 51.5, longitude: -0.1 } });
  // @ts-expect-error longitude is missing
  await ev.evses.update('evse', { location: { latitude: 51.5 } });
  // @ts-expect-error what can't be changed
  await ev.evses.update('evse', { cpid: 'CP1' });
  // The document doesn't require a body.
  await ev.evses.update('evse');
}

export async function references(ev: EvEnergy): Promise<void> {
  const log = await ev.evses.statusLogs.retrieve('evse', '2026-06-30T20:51:03.123456Z');
  const evse = await ev.evses.retrieve(log.evse);
  evse.model satisfies string;
  // @ts-expect-error there may be no log yet
  await ev.evses.statusLogs.retrieve(evse.id, evse.latest_status_log);
  // @ts-expect-error a Date has no microseconds
  await ev.evses.statusLogs.retrieve('evse', new Date());

  const expanded = await ev.evses.retrieve('evse', { expand: ['model.make', 'latest_status_log', 'user'] });
  expanded.model.make.name satisfies string;
  expanded.latest_status_log?.is_charging satisfies boolean | null | undefined;
  expanded.user.full_name satisfies string | undefined;
  // @ts-expect-error an EVSE that has never reported has none
  expanded.latest_status_log.is_charging;
  // @ts-expect-error an expanded reference is an object
  await ev.evseModels.retrieve(expanded.model);
  // @ts-expect-error not one of the EVSE's paths
  await ev.evses.retrieve('evse', { expand: ['evse.model'] });
}

/** Parameters that are only partly known can be passed on. */
export const forwarded = <T extends EvsesRetrieveParams>(ev: EvEnergy, params: T) =>
  ev.evses.retrieve('evse', params);
export type PageSize = NonNullable<Parameters<EvEnergy['evses']['list']>[0]>['page_size'];
3 satisfies PageSize;

export async function expandByChoice(ev: EvEnergy, full: boolean, paths: EvsesListExpand[]): Promise<void> {
  const chosen = await ev.evses.retrieve('evse', { expand: full ? ['model', 'user'] : ['user'] });
  chosen.user.full_name satisfies string | undefined;
  chosen.model satisfies string | EVSEModel;
  // @ts-expect-error it is a URL where `full` is false
  chosen.model.name;

  const params: EvsesRetrieveParams = { expand: paths };
  const open = await ev.evses.retrieve('evse', params);
  // @ts-expect-error nobody knows what `paths` holds
  open.user.full_name;
  if (typeof open.model === 'object' && typeof open.model.make === 'object') open.model.make.name;
  // @ts-expect-error misspelt parameters don't compile beside an expansion
  await ev.evses.list({ expand: ['user'], page_sze: 5 });

  const variable = full ? ({ expand: ['model'] } as const) : {};
  let optional: { expand: ['model'] } | undefined;
  if (full) optional = { expand: ['model'] };
  const perhaps = [
    await ev.evses.retrieve('evse', variable),
    await ev.evses.retrieve('evse', { ...variable }),
    await ev.evses.retrieve('evse', full ? { expand: ['model'] } : {}),
    await ev.evses.retrieve('evse', full ? { expand: ['model'] } : undefined),
    await ev.evses.retrieve('evse', optional),
    await ev.evses.retrieve('evse', { ...(full ? { expand: ['model'] } : {}) }),
    await ev.evses.retrieve('evse', full ? { expand: ['model'] } : { 'EvEnergy-Version': 2 }),
  ];
  for (const one of perhaps) {
    one.model satisfies string | EVSEModel;
    // @ts-expect-error it is a URL where `full` is false
    one.model satisfies EVSEModel;
  }
  for await (const one of ev.evses.list(full ? { expand: ['model'] } : {})) {
    // @ts-expect-error it is a URL where `full` is false
    one.model satisfies EVSEModel;
  }
  const absent = await ev.evses.retrieve('evse', { expand: full ? ['model'] : undefined });
  // @ts-expect-error it is a URL where `full` is false
  absent.model satisfies EVSEModel;
  // @ts-expect-error no paths without parameters that hold them
  await ev.evses.retrieve<['model']>('evse');
  const shared = { expand: ['model'], page_size: 5 } as const;
  for await (const one of ev.evses.list(shared)) one.model satisfies EVSEModel;

  const none = await ev.evses.retrieve('evse', { expand: [] });
  none satisfies EVSE;
  none.model satisfies string;
}

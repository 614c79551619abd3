// Type-checked by every supported TypeScript with strict library checks, in a project without Node's types.
import {
  type Api,
  ApiError,
  type EVSE,
  type EVSEStatusLog,
  EvEnergy,
  NotFoundError,
  type Page,
} from 'ev-energy-client';
import type { components, paths } from 'ev-energy-client/schema';
import { validators } from 'ev-energy-client/validators';
import { unwrapWebhook, WebhookError, type WebhookEvent } from 'ev-energy-client/webhooks';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(equal: Equal<A, B>): boolean => equal;

const ev = new EvEnergy({ accessToken: 'token', maxRetries: 2, environment: 'staging', validators });

export async function main(evseId: string): Promise<string[]> {
  const page = await ev.evseMakes.list({ page_size: 10 });
  const names = page.data.map((make) => make.name);
  for await (const log of ev.evses.statusLogs.list(evseId)) same<typeof log.evse, string>(true);
  for await (const log of ev.evses.statusLogs.list(evseId, { expand: ['evse', 'evse.model'] })) {
    same<typeof log.evse.model.make, string>(true);
    names.push(log.evse.cpid, log.evse.model.name);
  }
  for await (const log of ev.evses.statusLogs.list(evseId, names.length > 9 ? { expand: ['evse'] } : {}))
    same<typeof log.evse, string | EVSE>(true);
  for await (const log of ev.evses.statusLogs.list(evseId, names[9] ? { expand: ['evse'] } : undefined))
    same<typeof log.evse, string | EVSE>(true);
  const first: Page<EVSEStatusLog> = await ev.evses.statusLogs.list(evseId, {
    sampled_at__gte: '2026-01-01T00:00:00Z',
  });
  names.push(String(first.hasNext));
  try {
    const make = await ev.evseMakes.retrieve('emak01');
    names.push(make.name);
  } catch (error) {
    if (error instanceof NotFoundError) names.push(error.problem?.title ?? '');
    else if (error instanceof ApiError) names.push(String(error.status));
    else throw error;
  }
  const api: Api<paths> = ev.withOptions({ timeout: 60_000 }).api;
  const { data, error } = await api.GET('/evses/{evse_id}', {
    params: { path: { evse_id: evseId } },
    timeout: 5_000,
  });
  names.push(data?.cpid ?? error?.title ?? '');
  // @ts-expect-error: no such option of a call
  await api.GET('/evse_makes', { tiemout: 5_000 });
  // @ts-expect-error: no such path to expand
  ev.evses.statusLogs.list(evseId, { expand: ['evse.colour'] });
  // @ts-expect-error: no such query parameter
  ev.evses.statusLogs.list(evseId, { sampled_at_gte: '2026-01-01T00:00:00Z' });
  // @ts-expect-error: no such option
  new EvEnergy({ acessToken: 'token' });
  return names;
}

/** What happened, or why the message must not be trusted. */
export async function receive(request: Request, secret: string | undefined): Promise<string> {
  try {
    const event: WebhookEvent = unwrapWebhook(await request.arrayBuffer(), request.headers, secret);
    return event.type;
  } catch (error) {
    // @ts-expect-error: a parsed body can't be verified
    void (() => unwrapWebhook({ type: 'parsed' }, {}, secret));
    return error instanceof WebhookError ? error.reason : 'unknown';
  }
}

export type Make = components['schemas']['EVSEMake'];
export type MakesPath = paths['/evse_makes'];
export type Charger = EVSE;

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { parseArgs } from 'node:util';
import { type ChargingSubSession, EvEnergy } from 'ev-energy-client';
import { unwrapWebhook, WebhookError } from 'ev-energy-client/webhooks';

const HELP = `Receives webhooks and prints what is charging: signatures are verified, what
comes twice counts once, and what comes late changes nothing that is newer.

Usage: npx tsx webhook-receiver.ts [--port PORT]

  --port PORT  where to listen (default 3000)

Environment: EV_ENERGY_WEBHOOK_SECRET (whsec_…, from the webhook portal), and
for what was missed EV_ENERGY_CLIENT_ID and EV_ENERGY_CLIENT_SECRET, or
EV_ENERGY_ACCESS_TOKEN; EV_ENERGY_BASE_URL for another server.`;

const LARGEST = 1_000_000; // Bytes of a body: events are small.
const DAY = 86_400_000;
const KEPT = 10_000; // Ids of messages; Svix gives up on one after some days.

/** Ids of the messages that were taken. Where several machines receive: a table with a unique key. */
const taken = new Set<string>();
/** What is known of each sub-session. */
const known = new Map<string, ChargingSubSession>();

/** Takes in what an event or a poll says, unless something newer is known. */
function takeIn(sub: ChargingSubSession, from: string): void {
  const before = known.get(sub.id);
  // Once it has ended, it doesn't begin again: an event that says so came late.
  if (before?.end && !sub.end) return;
  if (before && before.end === sub.end) return;
  known.set(sub.id, sub);
  const energy = (sub.energy_delivered_watt_hours / 1000).toFixed(1);
  console.log(from, sub.id, sub.end ? `ended: ${energy} kWh` : 'began', sub.mode);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The status to answer with: 2xx ends the delivery, 5xx has it come again. */
async function receive(request: IncomingMessage): Promise<number> {
  const body = await bodyOf(request);
  try {
    const event = unwrapWebhook(body, request.headers, process.env.EV_ENERGY_WEBHOOK_SECRET);
    const id = String(request.headers['svix-id']);
    // Taken in first, then remembered: what fails in between comes again.
    if (!taken.has(id)) takeIn(event.data as ChargingSubSession, 'webhook');
    taken.add(id);
    for (const oldest of taken) if (taken.size > KEPT) taken.delete(oldest);
    return 204;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // A wrong secret of ours is no fault of the message.
    return error instanceof WebhookError && error.reason !== 'wrong-secret' ? 400 : 500;
  }
}

/** When a poll last came through; the day before the start counts as missed too. */
let polled = Date.now();

/** Webhooks may get lost: asks for what goes on, and then for what has ended since, however long ago it began. */
async function poll(): Promise<void> {
  const now = Date.now();
  const { chargingSubSessions } = new EvEnergy();
  for await (const sub of chargingSubSessions.list({ is_finished: false })) takeIn(sub, 'poll');
  // A day more, as an end may become known some hours later.
  const since = new Date(polled - DAY);
  for await (const sub of chargingSubSessions.list({ end__gt: since })) takeIn(sub, 'poll');
  polled = now;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  const port = Number(values.port ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number up to 65535, not '${values.port}'`);
  await poll();
  const server = createServer(async (request, response) => {
    response.writeHead(request.method === 'POST' ? await receive(request) : 405).end();
  });
  // Fails where the port is taken.
  await once(server.listen(port), 'listening');
  console.log('listening on', (server.address() as { port: number }).port);
  const polling = setInterval(
    () => void poll().catch((error: Error) => console.error(error.message)),
    3_600_000,
  );
  process.once('SIGINT', () => {
    clearInterval(polling);
    server.close();
  });
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

// Calls for typescript-eslint: it must report the marked ones, and nothing else.
import type { EvEnergy } from 'ev-energy-client';

export async function calls(ev: EvEnergy, id: string): Promise<void> {
  ev.evses.delete(id); // forgotten
  ev.evses.retrieve(id); // forgotten
  ev.evses.retrieve(id).withResponse(); // forgotten
  ev.evses.list(); // forgotten
  ev.evses.list().toArray(); // forgotten
  ev.api.GET('/evses'); // forgotten

  await ev.evses.delete(id);
  await ev.evses.list();
  void ev.evses.delete(id);
  void ev.evses.list();
  ev.evses.delete(id).catch(report);
  await Promise.all([ev.evses.retrieve(id), ev.evses.list()]);
  for await (const evse of ev.evses.list()) report(evse.id);
  for await (const { data } of ev.evses.list().pages()) report(data.length);
}

function report(what: unknown): void {
  console.log(what);
}

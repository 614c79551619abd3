import type { Resource } from '../../resources/resource.js';
import type { Call, Dataset } from '../../world.js';
import type { Charging } from '../charging/sessions.js';

/** The state of charge that a driver has entered, which replaces the vehicle's. */
interface Said {
  state_of_charge_percentage: number | null;
  updated_at: string;
}

/** Actions on vehicles, and what is below them. */
export function vehicleAnswers(base: string, charging: Charging): NonNullable<Dataset['answers']> {
  const said = new Map<string, Said>();
  const stateOfCharge = ({ world }: Call, vehicle: Resource | undefined) => ({
    status: 200,
    body: {
      url: `${String(vehicle?.url)}/state_of_charge`,
      vehicle: vehicle?.url,
      ...(vehicle ? charge(vehicle, said.get(String(vehicle.id)), world) : {}),
    },
  });
  return {
    'GET /vehicles/{vehicle_id}/state_of_charge': stateOfCharge,
    'PATCH /vehicles/{vehicle_id}/state_of_charge': (call, vehicle) => {
      const { state_of_charge_percentage: percentage } = (call.body ?? {}) as Partial<Said>;
      if (percentage !== undefined) {
        const updated = new Date(call.world.now()).toISOString();
        said.set(String(vehicle?.id), { state_of_charge_percentage: percentage, updated_at: updated });
      }
      return stateOfCharge(call, vehicle);
    },
    'DELETE /vehicles/{vehicle_id}': (call, vehicle) => {
      const answer = call.world.behaviours.remove(call);
      charging.unplug(vehicle?.url, call.world.now());
      return answer;
    },
    'POST /vehicles/{vehicle_id}/disconnect': ({ world }, vehicle) => {
      if (vehicle && vehicle.integrated !== 'UNINTEGRATED') {
        vehicle.integrated = 'INACTIVE';
        charging.unplug(vehicle.url, world.now());
      }
      const table = world.store.collection('/vehicles', [])?.table;
      return { status: 200, body: vehicle, ...(table ? { table } : {}) };
    },
    'POST /vehicles/{vehicle_id}/reconnect': ({ world }, vehicle) => ({
      status: 201,
      body: {
        url: `${new URL(base).origin}/reconnect/${String(vehicle?.id)}`,
        expires_at: new Date(world.now() + 86_400_000).toISOString(),
      },
    }),
  };
}

/** What the driver has entered, else what the vehicle last reported. */
function charge(vehicle: Resource, said: Said | undefined, { store }: Call['world']): Resource {
  const log = store.resolve(String(vehicle.latest_status_log))?.item;
  const [percentage, source, updated] = said
    ? [said.state_of_charge_percentage, 'MANUAL', said.updated_at]
    : [log?.state_of_charge_percentage ?? null, 'CONNECTED', log?.sampled_at ?? null];
  const isKnown = percentage !== null;
  return {
    state_of_charge_percentage: percentage,
    source: isKnown ? source : null,
    updated_at: isKnown ? updated : null,
  };
}

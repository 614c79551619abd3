import type { Resource } from '../../resources/resource.js';

export type Mode = 'SMART' | 'BOOST' | 'UNMANAGED_HOME' | 'UNMANAGED_OTG' | 'MANAGED_OTG';

/** One period of charging in one mode. */
export interface SubSession extends Resource {
  id: string;
  url: string;
  start: string;
  end: string | null;
  mode: Mode;
}

/** The time for which a vehicle is plugged in. */
export interface Session extends Resource {
  id: string;
  url: string;
  start: string;
  end: string | null;
  sub_sessions: string[];
}

import { notFound } from '../../problems.js';
import type { Dataset } from '../../world.js';
import type { Programs } from './programs.js';

/** What users do in programs, and what happens to their applications. */
export function programAnswers(programs: Programs): NonNullable<Dataset['answers']> {
  return {
    'GET /programs/{program_id}/participation_agreement_versions/current': (_, program) => {
      const current = program && programs.currentAgreement(program);
      if (!current) throw notFound('This program has no agreement.');
      return { status: 200, body: current };
    },
    'POST /programs/{program_id}/join': ({ user }, program) => {
      if (program && user) programs.join(program, user.id);
      return { status: 201, body: program };
    },
    'POST /user_rebates/{user_rebate_id}:submit': (_, rebate) => {
      if (rebate) rebate.status = 'COMPLETE';
      return { status: 200 };
    },
    'POST /dispatch_coordinators/{dispatch_coordinator_id}/dispatch_events/{dispatch_event_id}/cancel': (
      { world },
      event,
    ) => {
      const now = new Date(world.now()).toISOString();
      if (event && String(event.end_time) > now) event.end_time = now;
      return { status: 200, body: { status: 'CANCELLED' } };
    },
  };
}

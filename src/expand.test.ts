import { expectTypeOf, it } from 'vitest';
import type { EVSE, EVSEMake, EVSEModel, EVSEStatusLog, User } from '../generated/models.js';
import type { Expanded, Inlined } from './expand.js';

/** What `expand` makes of a model; `npm run check:types` is what runs these. */
it('leaves references as URLs where nothing is asked for', () => {
  expectTypeOf<Inlined<EVSEStatusLog, never>>().toEqualTypeOf<EVSEStatusLog>();
  expectTypeOf<EVSEStatusLog['evse']>().toEqualTypeOf<string>();
  expectTypeOf<EVSE['latest_status_log']>().toEqualTypeOf<string | null>();
});

it('inlines what is asked for, and no more', () => {
  type Log = Expanded<EVSEStatusLog, 'evse'>;
  expectTypeOf<Log['evse']>().toEqualTypeOf<EVSE>();
  expectTypeOf<Log['evse']['model']>().toEqualTypeOf<string>();
});

it('inlines along a dotted path', () => {
  type Log = Expanded<EVSEStatusLog, 'evse.model.make'>;
  expectTypeOf<Log['evse']['model']['make']>().toEqualTypeOf<EVSEMake>();
  expectTypeOf<Log['evse']['user']>().toEqualTypeOf<string>();
});

it('joins several paths', () => {
  type Log = Expanded<EVSEStatusLog, 'evse' | 'evse.model' | 'evse.user'>;
  expectTypeOf<Log['evse']['model']>().toEqualTypeOf<EVSEModel>();
  expectTypeOf<Log['evse']['user']>().toEqualTypeOf<User>();
});

it('keeps null where a reference may be null', () => {
  expectTypeOf<
    Expanded<EVSE, 'latest_status_log'>['latest_status_log']
  >().toEqualTypeOf<EVSEStatusLog | null>();
});

it('keeps the other fields as they are', () => {
  type Log = Expanded<EVSEStatusLog, 'evse'>;
  expectTypeOf<Log['charge_rate_watts']>().toEqualTypeOf<number | null | undefined>();
  expectTypeOf<Log['sampled_at']>().toEqualTypeOf<string | undefined>();
});

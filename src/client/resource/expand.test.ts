import { expectTypeOf, it } from 'vitest';
import type { EVSE, EVSEMake, EVSEModel, EVSEStatusLog, User } from '../../../generated/models.js';
import type { Expanded, Inlined, PerhapsExpanded } from './expand.js';

/** What `expand` makes of a model; `npm run check:types` is what runs these. */
it('leaves references as URLs where nothing is asked for', () => {
  expectTypeOf<Inlined<EVSEStatusLog, []>>().toEqualTypeOf<EVSEStatusLog>();
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

it('knows no more of a list than its type says', () => {
  type Any = Inlined<EVSEStatusLog, ('evse' | 'evse.model')[]>;
  expectTypeOf<Any['evse']>().toEqualTypeOf<string | PerhapsExpanded<EVSE, 'model', never>>();
  type Object = Exclude<Any['evse'], string>;
  expectTypeOf<Object['model']>().toEqualTypeOf<string | EVSEModel>();

  type Maybe = Inlined<EVSEStatusLog, readonly ['evse'] | readonly []>;
  expectTypeOf<Maybe['evse']>().toEqualTypeOf<string | EVSE>();

  type One = Inlined<EVSE, readonly ['user', 'model' | 'latest_status_log']>;
  expectTypeOf<One['user']>().toEqualTypeOf<User>();
  expectTypeOf<One['model']>().toEqualTypeOf<string | EVSEModel>();
  expectTypeOf<One['latest_status_log']>().toEqualTypeOf<string | EVSEStatusLog | null>();

  type First = Inlined<EVSEStatusLog, readonly ['evse', ...'evse.model'[]]>;
  expectTypeOf<Exclude<First['evse'], string>['model']>().toEqualTypeOf<string | EVSEModel>();
  expectTypeOf<string>().not.toMatchTypeOf<First['evse']>();

  type Either = Inlined<EVSEStatusLog, readonly ['evse.model'] | readonly ['evse']>;
  expectTypeOf<string>().not.toMatchTypeOf<Either['evse']>();
  expectTypeOf<Either['evse']['model']>().toEqualTypeOf<string | EVSEModel>();

  type Both = Inlined<EVSEStatusLog, readonly ['evse.model'] | readonly ['evse', 'evse.model']>;
  expectTypeOf<Both>().toEqualTypeOf<Expanded<EVSEStatusLog, 'evse' | 'evse.model'>>();
});

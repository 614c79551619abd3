import { apiVersion } from '../../../generated/operations.js';
import { VERSION } from '../../../src/client/version.js';

export const MAKE = 'emak01HN2NJ9NMRZBXT1H6FT9N7735';
export const EVSE = 'evse01HSH04KDEWF6Z4DB2J77J74K5';
export const USER = 'user01HN2NJ9NMRZBXT1H6FT9N7735';
export const TOKEN = 'x'.repeat(40);
export const APP = { name: 'bench', version: '1' };

/** The headers that our client sends, for all subjects: each header costs time, whoever sends it. */
export const HEADERS = {
  accept: 'application/json, application/problem+json',
  'evenergy-version': apiVersion,
  'user-agent': `ev-energy-client/${VERSION} ${APP.name}/${APP.version}`,
  'evenergy-user': USER,
  authorization: `Bearer ${TOKEN}`,
};

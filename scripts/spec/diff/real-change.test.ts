import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../../src/document/index.js';
import { proposeBump } from './bump.js';
import { compareDocuments } from './compare-documents.js';

const fixture = (name: string) => loadDocument(new URL(`../fixtures/${name}.yaml`, import.meta.url));
const seedPage = await fixture('seed-page');
const august = await fixture('august-2026');

const MAKE_METHODS = ['evseMakes.list', 'evseMakes.retrieve', 'evses.statusLogs.list'];
const LOG_FIELDS = [
  'cable_current_rating_milliamps',
  'control_pilot_status',
  'export_power_watts',
  'inlet_power_watts',
  'is_enabled',
  'max_current_rating_milliamps',
  'meter_reading_watt_hours',
  'mode',
  'signal_strength_rssi_dbm',
  'state_of_charge_percentage',
  'voltage_millivolts',
];

describe('from the seed page to August 2026', async () => {
  const changes = await compareDocuments(seedPage, august);
  const rows = changes.map(({ impact, message, methods, types }) => ({ impact, message, methods, types }));
  const make = { methods: MAKE_METHODS, types: ['EVSEMake'] };
  const log = { methods: ['evses.statusLogs.list'], types: ['EVSEStatusLog'] };

  it('renames models: breaking', () => {
    const breaking = rows.filter((row) => row.impact === 'breaking');
    expect(breaking).toEqual([
      { impact: 'breaking', message: 'EVSEMake.evse_models was "models": renamed', ...make },
    ]);
  });

  it.each(['display_name', 'is_beta'])('adds %s to the makes: compatible', (field) => {
    expect(rows).toContainEqual({ impact: 'compatible', message: `EVSEMake.${field} added`, ...make });
  });

  it.each(LOG_FIELDS)('adds %s to the status logs: compatible', (field) => {
    expect(rows).toContainEqual({ impact: 'compatible', message: `EVSEStatusLog.${field} added`, ...log });
  });

  it('changes nothing else but a description', () => {
    expect(changes).toHaveLength(1 + 2 + LOG_FIELDS.length + 1);
    expect(changes.at(-1)).toMatchObject({ impact: 'editorial', types: ['EVSEMake'] });
  });

  it('asks for a minor version before 1.0.0, and for a major one after', () => {
    expect(proposeBump(changes, '0.1.3')).toMatchObject({ kind: 'minor', version: '0.2.0' });
    expect(proposeBump(changes, '1.4.2')).toMatchObject({ kind: 'major', version: '2.0.0' });
  });
});

describe('back from August 2026 to the seed page', async () => {
  const changes = await compareDocuments(august, seedPage);
  const breaking = changes.filter((change) => change.impact === 'breaking');

  it('takes every field away again: breaking', () => {
    const fields = [
      'EVSEMake.display_name',
      'EVSEMake.is_beta',
      ...LOG_FIELDS.map((f) => `EVSEStatusLog.${f}`),
    ];
    const expected = [
      'EVSEMake.models was "evse_models": renamed',
      ...fields.map((field) => `${field} removed`),
    ];
    expect(breaking.map((change) => change.message).sort()).toEqual(expected.sort());
  });

  it('reaches the same methods', () => {
    expect(new Set(breaking.flatMap((change) => change.methods))).toEqual(new Set(MAKE_METHODS));
  });

  it('changes nothing else but a description', () => {
    expect(changes.filter((change) => change.impact !== 'breaking')).toMatchObject([{ impact: 'editorial' }]);
  });
});

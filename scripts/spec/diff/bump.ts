import type { Change } from './types.js';

export interface Bump {
  kind: 'major' | 'minor' | 'patch' | 'none';
  version: string;
  reason: string;
}

/**
 * The next version according to the changes (Semantic Versioning 2.0.0). Before 1.0.0 a breaking change raises the
 * minor version, which `^0.1.0` doesn't include.
 */
export function proposeBump(changes: readonly Change[], current: string): Bump {
  const [major = 0, minor = 0, patch = 0] = current.split('.').map((part) => Number.parseInt(part, 10));
  const has = (impact: Change['impact']) => changes.some((change) => change.impact === impact);
  if (changes.length === 0) return { kind: 'none', version: current, reason: 'nothing changed' };
  const before1 = major === 0;
  if (has('breaking')) {
    return before1
      ? {
          kind: 'minor',
          version: `0.${minor + 1}.0`,
          reason: 'there are breaking changes; before 1.0.0 the minor version tells of them',
        }
      : { kind: 'major', version: `${major + 1}.0.0`, reason: 'there are breaking changes' };
  }
  const next = `${major}.${minor}.${patch + 1}`;
  if (!has('compatible'))
    return { kind: 'patch', version: next, reason: 'only descriptions and examples changed' };
  return before1
    ? {
        kind: 'patch',
        version: next,
        reason: 'all changes are compatible; before 1.0.0 a patch carries them',
      }
    : { kind: 'minor', version: `${major}.${minor + 1}.0`, reason: 'there are additions, all compatible' };
}

/** The heading of unreleased changes. */
const UNRELEASED = '## Unreleased\n';

/** What a changeset says users notice: its text below the front matter. */
export function noteOf(changeset: string): string {
  return changeset.replace(/^---\n[\s\S]*?\n---\n/, '').trim();
}

/**
 * CHANGELOG for a release: "Unreleased" gets the version and the date, and those notes of the changesets that it lacks.
 *
 * @throws Error if there is no heading "Unreleased"
 */
export function released(
  changelog: string,
  version: string,
  day: string,
  notes: readonly string[] = [],
): string {
  const at = changelog.indexOf(UNRELEASED);
  if (at < 0)
    throw new Error(`CHANGELOG.md has no heading "${UNRELEASED.trim()}": add it above the last release.`);
  const begin = at + UNRELEASED.length;
  const end = changelog.indexOf('\n## ', begin);
  const body = changelog.slice(begin, end < 0 ? undefined : end).trim();
  const fresh = notes.filter((note) => note !== '' && !body.includes(note));
  const added = fresh.length > 0 ? `### From the changesets\n\n${fresh.map(item).join('')}` : '';
  const said = [body, added.trim()].filter(Boolean).join('\n\n');
  const rest = end < 0 ? '' : changelog.slice(end);
  return `${changelog.slice(0, begin)}\n## ${version} (${day})\n\n${said}\n${rest}`;
}

function item(note: string): string {
  return `- ${note.replaceAll('\n', '\n  ')}\n`;
}

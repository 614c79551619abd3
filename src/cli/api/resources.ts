import type { Command } from 'commander';
import { operations } from '../../../generated/operations.js';
import { isRow, type OperationRow, type RowTable, rowsOf } from '../../client/resource/operation-row.js';
import type { Io } from '../io.js';
import { commandName } from './names.js';

/** A resource of the API, or an operation at the client's root, which belongs to no resource. */
export interface ResourceCommand {
  /** As the command line has it: `status-logs`. */
  readonly name: string;
  /** As the client has it: `statusLogs`. */
  readonly member: string;
  readonly about: string;
  readonly content: OperationRow | RowTable;
}

/** Characters of the list of a resource's commands. */
const ABOUT = 48;

/** @param taken names of our own commands; a resource of such a name gets a prefix */
export async function resources(taken: readonly string[]): Promise<ResourceCommand[]> {
  const { commands } = await import('../../../generated/commands.js');
  return Object.entries(rowsOf(operations)).map(([member, content]) => {
    const name = commandName(member);
    return {
      name: taken.includes(name) ? `api-${name}` : name,
      member,
      about: isRow(content)
        ? (commands[content.id]?.about ?? `${content.method} ${content.path}`)
        : namesIn(content),
      content,
    };
  });
}

/** Adds the commands of a resource, and of those within it. */
export async function addResource(parent: Command, resource: ResourceCommand, io: Io): Promise<void> {
  // The other commands load neither the operations' parameters nor the code that calls them.
  const { addOperation } = await import('./operation.js');
  const add = (to: Command, name: string, content: OperationRow | RowTable, place: readonly string[]) => {
    if (isRow(content)) {
      addOperation(to, name, content, place, io);
      return;
    }
    const group = to.command(name).summary(namesIn(content)).description(aboutOf(content));
    for (const [member, within] of Object.entries(content))
      add(group, commandName(member), within, [...place, member]);
  };
  add(parent, resource.name, resource.content, [resource.member]);
}

/** The description of a group of commands. The help lists the commands below it. */
function aboutOf(table: RowTable): string {
  const [first = [], ...others] = pathsIn(table).map((path) => path.replace(/:[^/]*$/, '').split('/'));
  const end = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return `What the API has at ${first.slice(0, end < 0 ? undefined : end).join('/') || '/'}.`;
}

function pathsIn(table: RowTable): string[] {
  return Object.values(table).flatMap((content) => (isRow(content) ? [content.path] : pathsIn(content)));
}

/** Names the commands of a group in one line, for the list of all groups. */
function namesIn(table: RowTable): string {
  const names = Object.keys(table).map(commandName).join(', ');
  return names.length <= ABOUT ? names : `${names.slice(0, ABOUT).replace(/,[^,]*$/, '')}, …`;
}

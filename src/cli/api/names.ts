/** A name of the client, as the command line has it: `status-logs`. */
export function commandName(member: string): string {
  return member
    .replace(/_$/, '')
    .replace(/(?<!^)[A-Z]/g, '-$&')
    .toLowerCase();
}

/** Names of the makes that a fake serves (fewer than fit on a page), requested without the client. */
export async function makeNames(baseUrl: string): Promise<string[]> {
  const response = await fetch(`${baseUrl}/evse_makes?page_size=100`);
  return ((await response.json()) as { name: string }[]).map((make) => make.name);
}

/** The addresses of a package on GitHub, as package.json has them. */
export function addressesOf(server: string, repository: string): object {
  const home = `${server}/${repository}`;
  return {
    repository: { type: 'git', url: `git+${home}.git` },
    homepage: `${home}#readme`,
    bugs: { url: `${home}/issues` },
  };
}

export type Shell = 'bash' | 'fish' | 'zsh';

/** The script for each shell: it asks `ev-energy __complete` for the words that can stand at the cursor. */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_ev_energy() {
  local word="\${COMP_WORDS[COMP_CWORD]}" found
  mapfile -t found < <(ev-energy __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
  if [ \${#found[@]} -gt 0 ]; then
    mapfile -t COMPREPLY < <(compgen -W "\${found[*]}" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -F _ev_energy ev-energy
`,
  zsh: `#compdef ev-energy
_ev_energy() {
  local -a found
  local line
  for line in "\${(@f)$(ev-energy __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#found} )); then _describe 'ev-energy' found; else _files; fi
}
if [ "$funcstack[1]" = "_ev_energy" ]; then _ev_energy "$@"; else compdef _ev_energy ev-energy; fi
`,
  fish: `function __ev_energy
  set -l words (commandline -opc) (commandline -ct)
  ev-energy __complete $words[2..] 2>/dev/null
end
complete -c ev-energy -f -a '(__ev_energy)'
`,
};

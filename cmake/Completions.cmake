# Writes the completions of bash, zsh and fish to FOLDER, as cli/commands.def says.
file(STRINGS "${ROOT}/cli/commands.def" rows REGEX "^COMMAND\\(")
set(names "")
set(bash "")
set(zsh_commands "")
set(zsh_cases "")
set(fish "")
foreach(row IN LISTS rows)
    string(REGEX MATCH "^COMMAND\\(([a-z]+), \"([^\"]*)\", \"([^\"]*)\"" matched "${row}")
    set(name "${CMAKE_MATCH_1}")
    set(arguments "${CMAKE_MATCH_2}")
    string(REPLACE "'" "’" summary "${CMAKE_MATCH_3}")
    if(NOT matched)
        message(FATAL_ERROR "cli/commands.def: name, arguments and summary of a command stand in one line: ${row}")
    endif()
    string(APPEND names " ${name}")
    string(REPLACE ":" "\\:" zsh_summary "${summary}")
    string(APPEND zsh_commands "    '${name}:${zsh_summary}'\n")
    string(APPEND fish "complete -c headword -n __fish_use_subcommand -f -a ${name} -d '${summary}'\n")
    set(options "")
    set(zsh_options "")
    string(REGEX MATCHALL "--[A-Za-z-]+( [A-Z]+)?" found "${arguments}")
    foreach(option IN LISTS found)
        string(REGEX MATCH "^--([A-Za-z-]+) ?([A-Z]*)$" matched "${option}")
        string(APPEND options " --${CMAKE_MATCH_1}")
        if(NOT CMAKE_MATCH_2 STREQUAL "") # takes a value
            string(APPEND zsh_options " '--${CMAKE_MATCH_1}:${CMAKE_MATCH_2}:_files'")
            set(value " -r")
        else()
            string(APPEND zsh_options " '--${CMAKE_MATCH_1}'")
            set(value "")
        endif()
        string(APPEND fish "complete -c headword -n '__fish_seen_subcommand_from ${name}' -l ${CMAKE_MATCH_1}${value}\n")
    endforeach()
    string(APPEND bash "        ${name}) words='${options}' ;;\n")
    string(APPEND zsh_cases "    ${name}) _arguments${zsh_options} '*:file:_files' ;;\n")
endforeach()
file(WRITE "${FOLDER}/headword.bash" "# Completions of headword for bash.
_headword() {
    local words='' word=\${COMP_WORDS[COMP_CWORD]}
    COMPREPLY=()
    case \${COMP_WORDS[1]} in
${bash}    esac
    if [ \"\$COMP_CWORD\" -eq 1 ]; then
        words='${names} --help --version'
    elif [ \"\${COMP_WORDS[1]}\" = help ]; then
        words='${names}'
    elif [ \"\${word#-}\" = \"\$word\" ]; then
        return
    fi
    mapfile -t COMPREPLY < <(compgen -W \"\$words\" -- \"\$word\")
}
complete -o default -F _headword headword
")
file(WRITE "${FOLDER}/_headword" "#compdef headword
local -a commands=(
${zsh_commands})
if (( CURRENT == 2 )); then
    _describe command commands
    return
fi
local command=\${words[2]}
shift words
(( CURRENT-- ))
case \$command in
${zsh_cases}esac
")
file(WRITE "${FOLDER}/headword.fish" "# Completions of headword for fish.\n${fish}")

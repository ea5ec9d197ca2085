# Writes a header with a hash of what decides how a source is read and how facts are laid out: our own code and
# the pinned grammars. Run as a script: -DOUTPUT=FILE -DROOT=DIR.
cmake_minimum_required(VERSION 3.25)
file(GLOB_RECURSE sources RELATIVE "${ROOT}" "${ROOT}/base/*" "${ROOT}/index/*")
list(SORT sources)
set(hashes "")
foreach(source ${sources} cmake/package-lock.json)
    file(SHA256 "${ROOT}/${source}" hash)
    string(APPEND hashes "${source} ${hash}\n")
endforeach()
string(SHA256 key "${hashes}")
string(SUBSTRING "${key}" 0 32 key)
file(CONFIGURE OUTPUT "${OUTPUT}" CONTENT "#define HEADWORD_SOURCE_KEY \"@key@\"\n" @ONLY)

# Builds the program so that it counts its steps, and lets it do what people have it do: read Python, write pages.
# Run as a script by Profile.cmake: -DSOURCE=DIR -DFOLDER=DIR -DSTUBS=DIR, and what the build is configured with.
cmake_minimum_required(VERSION 3.25)

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "${output}")
    endif()
endfunction()

file(REMOVE_RECURSE "${FOLDER}")
run("${CMAKE_COMMAND}" -S "${SOURCE}" -B "${FOLDER}" -G "${GENERATOR}" "-DCMAKE_C_COMPILER=${COMPILER}"
    "-DCMAKE_C_COMPILER_LAUNCHER=${LAUNCHER}" "-DCMAKE_BUILD_TYPE=${TYPE}" "-DHEADWORD_DEPS_DIR=${DEPS}"
    -DHEADWORD_PROFILE=record -DHEADWORD_TESTS=OFF)
run("${CMAKE_COMMAND}" --build "${FOLDER}" --target headword --parallel)

set(ENV{XDG_CACHE_HOME} "${FOLDER}/cache")
run("${FOLDER}/headword" pages --root "${SOURCE}/tests" --out "${FOLDER}/pages")
run("${FOLDER}/headword" find --root "${STUBS}" Task)
file(REMOVE_RECURSE "${FOLDER}/cache" "${FOLDER}/pages")
file(TOUCH "${FOLDER}/trained")

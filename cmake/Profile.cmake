# Optimises by what the program does most: one that counts its steps is built first, beside this build, and reads
# Python files (Train.cmake). Its counts hold until the build folder, or `profile` in it, is removed; of functions that
# have changed since, nothing is known. Included ahead of everything that is compiled.
set(HEADWORD_PROFILE "" CACHE STRING "use: optimise by counted steps (GCC); record: count them")

if(HEADWORD_PROFILE)
    check_c_compiler_flag(-fprofile-prefix-path=/ C_HAS_PROFILE_PREFIX)
    if(NOT CMAKE_C_COMPILER_ID STREQUAL "GNU" OR NOT C_HAS_PROFILE_PREFIX)
        message(STATUS "Building without a profile: it needs GCC 12")
        set(HEADWORD_PROFILE "")
    endif()
endif()

set(counts "-fprofile-prefix-path=${PROJECT_BINARY_DIR}")
if(HEADWORD_PROFILE STREQUAL "record")
    list(APPEND counts "-fprofile-generate=${PROJECT_BINARY_DIR}/counts" -fprofile-update=prefer-atomic -g0)
    add_compile_options(${counts})
    add_link_options(${counts})
elseif(HEADWORD_PROFILE)
    add_compile_options(${counts} "-fprofile-use=${PROJECT_BINARY_DIR}/profile/counts" -fprofile-partial-training
                        -Wno-missing-profile -Wno-coverage-mismatch)
endif()

# Lets everything that is compiled in this folder wait for the counts.
function(learn_profile)
    if(NOT HEADWORD_PROFILE STREQUAL "use")
        return()
    endif()
    set(folder "${PROJECT_BINARY_DIR}/profile")
    add_custom_command(OUTPUT "${folder}/trained"
                       COMMAND "${CMAKE_COMMAND}" "-DSOURCE=${PROJECT_SOURCE_DIR}" "-DFOLDER=${folder}"
                               "-DGENERATOR=${CMAKE_GENERATOR}" "-DCOMPILER=${CMAKE_C_COMPILER}"
                               "-DLAUNCHER=${CMAKE_C_COMPILER_LAUNCHER}" "-DTYPE=${CMAKE_BUILD_TYPE}"
                               "-DDEPS=${deps_dir}" "-DSTUBS=${HEADWORD_STUBS_DIR}"
                               -P "${PROJECT_SOURCE_DIR}/cmake/Train.cmake"
                       COMMENT "Building a program that counts its steps, and letting it read" VERBATIM)
    add_custom_target(profile DEPENDS "${folder}/trained")
    get_property(targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
    foreach(target ${targets})
        get_target_property(type ${target} TYPE)
        if(type MATCHES "^(STATIC_LIBRARY|EXECUTABLE)$")
            add_dependencies(${target} profile)
        endif()
    endforeach()
endfunction()

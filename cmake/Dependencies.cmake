# Where each dependency comes from. System libraries are found by pkg-config; the parser sources and
# the typeshed stubs come from the npm packages pinned in package-lock.json beside this file.
# Code of ours links the dep_* targets only, so this file alone knows where they were found.

set(HEADWORD_DEPS_DIR "" CACHE PATH "Folder with a node_modules as `npm ci` makes it; given, nothing is downloaded")
option(HEADWORD_SYSTEM_TREE_SITTER "Use the system's tree-sitter core (>= 0.25) instead of the pinned one" OFF)

option(HEADWORD_STATIC "Link the libraries into the program; only the C library's own stay shared" OFF)

find_package(PkgConfig)
if(NOT PKG_CONFIG_FOUND)
    message(FATAL_ERROR "pkg-config is missing: install pkg-config, or run ./dev setup")
endif()

set(licences "${CMAKE_INSTALL_DOCDIR}/licences")

# Makes the target dep_<name> of a pkg-config module, or notes which Debian package is missing.
function(find_system_library name module debian_package)
    pkg_check_modules(${name} QUIET IMPORTED_TARGET GLOBAL "${module}")
    if(${name}_FOUND)
        add_library(dep_${name} ALIAS PkgConfig::${name})
        if(HEADWORD_STATIC) # what is in the program brings its licence
            install(FILES "/usr/share/doc/${debian_package}/copyright" DESTINATION "${licences}" RENAME ${name} OPTIONAL)
        endif()
    else()
        set(missing ${missing} "${module} (${debian_package})" PARENT_SCOPE)
    endif()
endfunction()

set(libuv_module libuv)
if(HEADWORD_STATIC)
    set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
    set(libuv_module libuv-static) # its archive has another name in Debian
endif()
find_system_library(jansson "jansson>=2.14" libjansson-dev)
find_system_library(libuv ${libuv_module} libuv1-dev)
find_system_library(xxhash libxxhash libxxhash-dev)
find_system_library(utf8proc libutf8proc libutf8proc-dev)
if(HEADWORD_TESTS)
    find_system_library(cmocka cmocka libcmocka-dev)
endif()
if(HEADWORD_SYSTEM_TREE_SITTER)
    find_system_library(tree_sitter "tree-sitter>=0.25" "none in Debian 12")
endif()
if(NOT HEADWORD_DEPS_DIR)
    find_program(NPM npm)
    if(NOT NPM)
        list(APPEND missing "npm (npm)")
    endif()
endif()
if(missing)
    list(JOIN missing ", " missing)
    message(FATAL_ERROR " Missing: ${missing}. Install the Debian packages in brackets, or run ./dev setup.")
endif()

# Downloads what package-lock.json pins into the folder, unless that very lock was installed there before.
function(fetch_npm_packages folder)
    file(MAKE_DIRECTORY "${folder}")
    file(LOCK "${folder}" DIRECTORY GUARD FUNCTION) # presets share the folder and may be configured together
    file(SHA256 "${CMAKE_CURRENT_LIST_DIR}/package-lock.json" wanted)
    set(installed "")
    if(EXISTS "${folder}/installed")
        file(READ "${folder}/installed" installed)
    endif()
    if(installed STREQUAL wanted)
        return()
    endif()
    file(REMOVE "${folder}/installed")
    message(NOTICE "Fetching the parser sources and stubs from npm")
    foreach(name package.json package-lock.json .npmrc)
        configure_file("${CMAKE_CURRENT_LIST_DIR}/${name}" "${folder}/${name}" COPYONLY)
    endforeach()
    execute_process(COMMAND "${NPM}" ci --ignore-scripts --omit=optional --no-audit --no-fund
                    WORKING_DIRECTORY "${folder}" RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR " npm ci failed in ${folder}:\n${output}")
    endif()
    file(WRITE "${folder}/installed" "${wanted}")
endfunction()

set(deps_dir "${HEADWORD_DEPS_DIR}")
if(NOT deps_dir)
    set(deps_dir "${PROJECT_SOURCE_DIR}/build/deps") # one download for every preset
    fetch_npm_packages("${deps_dir}")
endif()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/package-lock.json")
set(modules "${deps_dir}/node_modules")
set(HEADWORD_STUBS_DIR "${modules}/basedpyright/dist/typeshed-fallback/stdlib")
foreach(needed tree-sitter-python/src/parser.c @tree-sitter-grammars/tree-sitter-toml/src/parser.c
               basedpyright/dist/typeshed-fallback/stdlib/builtins.pyi)
    if(NOT EXISTS "${modules}/${needed}")
        message(FATAL_ERROR " ${modules}/${needed} is missing: point HEADWORD_DEPS_DIR to a complete folder.")
    endif()
endforeach()

# Code that is not ours: no warnings, no lint, fast even in Debug; its undefined behaviour is its own.
function(foreign_library name)
    add_library(${name} STATIC ${ARGN})
    set_target_properties(${name} PROPERTIES C_STANDARD 11 C_CLANG_TIDY "")
    target_compile_options(${name} PRIVATE -w -O2)
    target_compile_definitions(${name} PRIVATE _GNU_SOURCE)
    if(HEADWORD_SANITIZE MATCHES "undefined")
        target_compile_options(${name} PRIVATE -fno-sanitize=undefined)
    endif()
endfunction()

if(NOT HEADWORD_SYSTEM_TREE_SITTER)
    set(core "${modules}/tree-sitter/vendor/tree-sitter/lib")
    foreign_library(dep_tree_sitter "${core}/src/lib.c")
    target_include_directories(dep_tree_sitter SYSTEM PUBLIC "${core}/include" PRIVATE "${core}/src")
    install(FILES "${modules}/tree-sitter/LICENSE" DESTINATION "${licences}" RENAME tree-sitter)
endif()

add_library(dep_grammars INTERFACE)
foreach(package tree-sitter-python @tree-sitter-grammars/tree-sitter-toml)
    get_filename_component(grammar ${package} NAME)
    foreign_library(${grammar} "${modules}/${package}/src/parser.c" "${modules}/${package}/src/scanner.c")
    target_include_directories(${grammar} PRIVATE "${modules}/${package}/src")
    # Scanners' memory comes from where the parser's does: running out of it ends the process with a message.
    target_compile_definitions(${grammar} PRIVATE TREE_SITTER_REUSE_ALLOCATOR)
    target_link_libraries(dep_grammars INTERFACE ${grammar})
    install(FILES "${modules}/${package}/LICENSE" DESTINATION "${licences}" RENAME ${grammar})
endforeach()

# These functions are in index/lang/python_scanner.c, which says why.
set_source_files_properties("${modules}/tree-sitter-python/src/scanner.c" PROPERTIES COMPILE_DEFINITIONS
    "tree_sitter_python_external_scanner_serialize=python_scanner_serialize;calloc=python_scanner_calloc;free=python_scanner_free")
target_sources(tree-sitter-python PRIVATE "${PROJECT_SOURCE_DIR}/index/lang/python_scanner.c")

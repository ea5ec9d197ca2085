# How code is compiled. Warnings, include root and definitions are for our own code and reach it through
# headword_options; sanitizers, coverage, LTO and hardening hold for the parsers we build as well.

include(CheckCCompilerFlag)
include(CheckIPOSupported)
include(CheckLinkerFlag)
include(CheckPIESupported)

add_library(headword_options INTERFACE)
target_include_directories(headword_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(headword_options INTERFACE _GNU_SOURCE)
target_compile_options(headword_options INTERFACE
    -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wno-sign-conversion
    -Wformat=2 -Wundef -Wvla $<$<BOOL:${HEADWORD_WERROR}>:-Werror>)

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
check_pie_supported(LANGUAGES C)

if(HEADWORD_LTO)
    check_ipo_supported(RESULT ipo_works OUTPUT ipo_reason LANGUAGES C)
    if(ipo_works)
        set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
    else()
        message(STATUS "Building without LTO: ${ipo_reason}")
    endif()
endif()

if(HEADWORD_SANITIZE)
    add_compile_options(-fsanitize=${HEADWORD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${HEADWORD_SANITIZE})
endif()
if(HEADWORD_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
endif()
if(HEADWORD_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# The program and its parsers read files of strangers: harden all that is shipped.
set(optimised $<CONFIG:Release,RelWithDebInfo,MinSizeRel>)
add_compile_options($<${optimised}:-fstack-protector-strong> $<${optimised}:-U_FORTIFY_SOURCE>
                    $<${optimised}:-D_FORTIFY_SOURCE=2>)
foreach(flag -fcf-protection -fstack-clash-protection)
    string(MAKE_C_IDENTIFIER "C_HAS${flag}" known)
    check_c_compiler_flag(${flag} ${known})
    if(${known})
        add_compile_options($<${optimised}:${flag}>)
    endif()
endforeach()
check_linker_flag(C -Wl,-z,relro,-z,now C_HAS_FULL_RELRO)
if(C_HAS_FULL_RELRO)
    add_link_options(-Wl,-z,relro,-z,now)
endif()

# Run by cpack on the files of a package before it is made: in a .deb they go where Debian's programs look.
if(CPACK_GENERATOR STREQUAL "DEB")
    file(RENAME "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/zsh/site-functions"
                "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/zsh/vendor-completions")
endif()

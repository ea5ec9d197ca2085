# `cpack` in a build folder makes a .deb and a .tar.gz of what `cmake --install` installs.
set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_NAME headword)
set(CPACK_PACKAGE_VENDOR "The Headword authors")
set(CPACK_PACKAGE_CONTACT "The Headword authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # by dpkg-shlibdeps, of the package dpkg-dev
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS git) # without it all files below a root are read, ignored ones too
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/Debianize.cmake")
include(CPack)

# `cpack -G DEB` in the build folder makes the packages of Debian and Ubuntu: docbao, libdocbao0 and
# libdocbao-dev. Configure with -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR=lib/ and the
# machine's name (x86_64-linux-gnu), and set SOURCE_DATE_EPOCH to have the same bytes every time.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME docbao)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "player that reads Vietnamese articles aloud")
set(CPACK_PACKAGE_CONTACT "docbao maintainers <maintainers@docbao.org>")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program library development)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS OFF) # package_depends.cmake asks for each part by itself

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME docbao)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION sound)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "docbao finds the article in a text, a page, a Word text, an e-book, a PDF, a
feed or a link, reads every abbreviation, number, date, code and foreign name
as a Vietnamese newsreader would, and speaks it with espeak-ng.
.
It shows the article and follows it word by word, prints plain lines for
screen readers, and saves WAV, FLAC, Ogg, Opus, MP3 and M4B with loudness,
tags, chapters and captions.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libdocbao${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/package/shlibs
    ${CMAKE_BINARY_DIR}/package/triggers)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "docbao turns a Vietnamese article into speech. This is its library for other
programs; the parts that it loads when it needs them are in docbao.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libdocbao-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "docbao turns a Vietnamese article into speech. This is what a program that
uses its library is built with.")

file(WRITE ${CMAKE_BINARY_DIR}/package/shlibs
    "libdocbao ${PROJECT_VERSION_MAJOR} libdocbao${PROJECT_VERSION_MAJOR}\n")
file(WRITE ${CMAKE_BINARY_DIR}/package/triggers "activate-noawait ldconfig\n")
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/cmake/package_depends.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/package_files.cmake)
set(CPACK_DOCBAO_BUILD ${CMAKE_BINARY_DIR})
set(CPACK_DOCBAO_SOURCE ${CMAKE_SOURCE_DIR})
include(CPack)

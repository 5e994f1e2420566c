# Run by cpack: what the package needs. The program and its usual modules depend on their libraries;
# the modules that few runs use (PDF, AAC, the media keys, the server) only recommend them.
if(NOT CPACK_GENERATOR STREQUAL DEB)
    return()
endif()

# The packages that the files need, "libc6 (>= 2.34), libzip4".
function(package_needs out)
    set(folder ${CPACK_DOCBAO_BUILD}/package)
    file(MAKE_DIRECTORY ${folder}/debian)
    file(WRITE ${folder}/debian/control "Source: docbao\n\nPackage: docbao\nArchitecture: any\n")
    set(files ${ARGN})
    list(TRANSFORM files PREPEND "-e")
    execute_process(COMMAND dpkg-shlibdeps --ignore-missing-info -O ${files}
        WORKING_DIRECTORY ${folder} OUTPUT_VARIABLE needs ERROR_QUIET
        OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "shlibs:Depends=" "" needs "${needs}")
    set(${out} "${needs}" PARENT_SCOPE)
endfunction()

file(GLOB modules ${CPACK_DOCBAO_BUILD}/modules/docbao-*.so)
set(optional ${modules})
list(FILTER optional INCLUDE REGEX "docbao-(pdf|aac|decoder-av|mpris|http|sqlite).so$")
list(FILTER modules EXCLUDE REGEX "docbao-(pdf|aac|decoder-av|mpris|http|sqlite).so$")
package_needs(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS ${CPACK_DOCBAO_BUILD}/docbao ${modules})
string(APPEND CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS ", espeak-ng-data")
if(optional)
    package_needs(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS ${optional})
endif()
package_needs(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS ${CPACK_DOCBAO_BUILD}/libdocbao.so.0)
set(same "(= ${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
string(APPEND CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS ", docbao ${same}")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "${CPACK_DEBIAN_LIBRARY_PACKAGE_NAME} ${same}")

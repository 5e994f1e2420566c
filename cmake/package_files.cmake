# Run by cpack before the packages are made: what Debian wants of the files in them. Manual pages and
# the change log are compressed, and each package has a copyright file.
file(GLOB_RECURSE manuals ${CPACK_TEMPORARY_DIRECTORY}/*.[15])
list(FILTER manuals INCLUDE REGEX "/man/")
foreach(file IN LISTS manuals)
    execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()

function(compress text to)
    file(WRITE ${CPACK_DOCBAO_BUILD}/package/text "${text}")
    execute_process(COMMAND gzip -9nc ${CPACK_DOCBAO_BUILD}/package/text OUTPUT_FILE ${to}
        COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Dates follow SOURCE_DATE_EPOCH, if it is set.
string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(READ ${CPACK_DOCBAO_SOURCE}/CHANGELOG.md changes)
foreach(part IN ITEMS PROGRAM LIBRARY DEVELOPMENT)
    set(name ${CPACK_DEBIAN_${part}_PACKAGE_NAME})
    string(TOLOWER ${part} component)
    set(root ${CPACK_TEMPORARY_DIRECTORY}/${component})
    set(folder ${root}${CPACK_PACKAGING_INSTALL_PREFIX}/share/doc/${name})
    if(IS_DIRECTORY ${root})
        file(REMOVE ${folder}/CHANGELOG.md)
        file(MAKE_DIRECTORY ${folder})
        file(COPY ${CPACK_DOCBAO_SOURCE}/install/copyright DESTINATION ${folder})
        compress("${changes}" ${folder}/changelog.gz)
        compress("docbao (${CPACK_PACKAGE_VERSION}-1) unstable; urgency=medium

  * See changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${today}
" ${folder}/changelog.Debian.gz)
    endif()
endforeach()

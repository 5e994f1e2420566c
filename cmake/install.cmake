# What other programs and the desktop get, beside the program and its modules. What belongs to no
# component of its own is part of `program`.

# The library: the rooms as one shared object, which exports what docbao.h declares and no more.
if(NOT DOCBAO_SANITIZE AND NOT DOCBAO_FUZZ AND NOT DOCBAO_SHARED_CORE)
    add_library(docbao_shared SHARED $<TARGET_OBJECTS:docbao_core>)
    target_link_libraries(docbao_shared PRIVATE docbao_flags PkgConfig::UTF8PROC PkgConfig::MD4C
        PkgConfig::YAJL PkgConfig::INIH PkgConfig::NETTLE Threads::Threads m ${CMAKE_DL_LIBS})
    target_link_options(docbao_shared PRIVATE
        LINKER:--version-script=${CMAKE_SOURCE_DIR}/src/docbao/docbao.map LINKER:-z,defs)
    set_target_properties(docbao_shared PROPERTIES OUTPUT_NAME docbao
        VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
        LINK_DEPENDS ${CMAKE_SOURCE_DIR}/src/docbao/docbao.map
        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
    install(TARGETS docbao_shared LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        COMPONENT library NAMELINK_COMPONENT development)
    install(FILES src/docbao/docbao.h TYPE INCLUDE COMPONENT development)
    # Relative to the file itself, so that the tree may be moved.
    file(RELATIVE_PATH pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
    string(REGEX REPLACE "/$" "" pc_prefix ${pc_prefix})
    configure_file(install/docbao.pc.in docbao.pc @ONLY)
    install(FILES ${CMAKE_BINARY_DIR}/docbao.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT development)
    install(FILES examples/read_and_save.c DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
        COMPONENT development)
endif()

# The manual pages and the completions of shells, from the tables of verbs and options.
add_executable(write_options cmake/write_options.c ${packer})
target_link_libraries(write_options PRIVATE docbao_flags PkgConfig::UTF8PROC ${CMAKE_DL_LIBS})
if(Intl_FOUND)
    target_link_libraries(write_options PRIVATE Intl::Intl)
endif()
set(texts "")
function(docbao_written file language what)
    set(translation "")
    if(TARGET translation_${language})
        set(translation ${CMAKE_BINARY_DIR}/locale/${language}/LC_MESSAGES/docbao.mo)
    endif()
    add_custom_command(
        OUTPUT ${CMAKE_BINARY_DIR}/${file}
        COMMAND ${CMAKE_COMMAND} -E env LANGUAGE=${language} LC_ALL=C.UTF-8
            $<TARGET_FILE:write_options> ${what} ${ARGN} > ${CMAKE_BINARY_DIR}/${file}
        DEPENDS write_options ${ARGN} ${translation}
        VERBATIM)
    set(texts ${texts} ${CMAKE_BINARY_DIR}/${file} PARENT_SCOPE)
endfunction()
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/manual/vi ${CMAKE_BINARY_DIR}/completions)
docbao_written(manual/docbao.1 en manual ${CMAKE_SOURCE_DIR}/manual/docbao.1)
docbao_written(manual/vi/docbao.1 vi manual ${CMAKE_SOURCE_DIR}/manual/vi/docbao.1)
docbao_written(completions/docbao en bash)
docbao_written(completions/_docbao en zsh)
docbao_written(completions/docbao.fish en fish)
add_custom_target(docbao_texts ALL DEPENDS ${texts})
set(DOCDIR ${CMAKE_INSTALL_FULL_DOCDIR})
foreach(language IN ITEMS "" vi/)
    configure_file(manual/${language}docbao-rules.5 manual/${language}docbao-rules.5 @ONLY)
    install(FILES ${CMAKE_BINARY_DIR}/manual/${language}docbao.1 manual/${language}sd_docbao.1
        DESTINATION ${CMAKE_INSTALL_MANDIR}/${language}man1)
    install(FILES ${CMAKE_BINARY_DIR}/manual/${language}docbao-rules.5
        manual/${language}docbao-voice.5 manual/${language}docbao-recipe.5
        DESTINATION ${CMAKE_INSTALL_MANDIR}/${language}man5)
endforeach()
install(FILES ${CMAKE_BINARY_DIR}/completions/docbao
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${CMAKE_BINARY_DIR}/completions/_docbao
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${CMAKE_BINARY_DIR}/completions/docbao.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# The menu of the desktop, "Open with", and the centre for programs.
install(FILES install/docbao.desktop install/docbao-feed.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES install/org.docbao.docbao.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES install/docbao.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)

# The player for the pages of others (docs/producing.md).
install(FILES assets/page/docbao-player.js DESTINATION ${CMAKE_INSTALL_DATADIR}/docbao/page)

# Adapters for engines that are other programs (docs/voices.md).
install(PROGRAMS contrib/docbao-piper contrib/docbao-rhvoice contrib/docbao-stdout
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/contrib)

# What people read.
install(FILES README.md README.vi.md CHANGELOG.md SECURITY.md TYPE DOC)
install(DIRECTORY docs/ TYPE DOC FILES_MATCHING PATTERN "*.md" PATTERN "openapi.yaml")

include(cmake/package.cmake)

# Writes OUT, a C file that holds each of FILES as bytes, for src/base/embedded.h.
# cmake -DOUT=... -DFILES=a;b -P embed.cmake
set(bytes "")
set(rows "")
set(number 0)
foreach(file IN LISTS FILES)
    file(READ ${file} hex HEX)
    string(LENGTH "${hex}" length)
    math(EXPR length "${length} / 2")
    string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
    # Lines of a bounded length: compilers and people dislike a line of a megabyte.
    string(REGEX REPLACE "(................................................................................)"
           "\\1\n" hex "${hex}")
    cmake_path(GET file FILENAME name)
    string(APPEND bytes "static const unsigned char file_${number}[] = {\n${hex}0};\n")
    string(APPEND rows "    {\"${name}\", file_${number}, ${length}},\n")
    math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUT} "/* Made by cmake/embed.cmake; do not edit. */
#include \"base/embedded.h\"

${bytes}
const struct embedded_file embedded_files[] = {
${rows}    {0, 0, 0},
};
")

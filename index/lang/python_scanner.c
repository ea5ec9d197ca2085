/* The scanner of tree-sitter-python writes one byte behind its buffer where indentation is more than 500
 * levels deep and a string is open. The build renames its function (cmake/Dependencies.cmake); this one
 * stands in for it. Compiled with the grammar. */
#include <string.h>
#include <tree_sitter/parser.h>

unsigned python_scanner_serialize(void *scanner, char *buffer);
unsigned tree_sitter_python_external_scanner_serialize(void *scanner, char *buffer);

enum { MOST = TREE_SITTER_SERIALIZATION_BUFFER_SIZE };

/* A level of two bytes that is cut in half is not read back. */
unsigned tree_sitter_python_external_scanner_serialize(void *scanner, char *buffer) {
    char larger[MOST + 1];
    unsigned written = python_scanner_serialize(scanner, larger), length = written < MOST ? written : MOST;
    memcpy(buffer, larger, length);
    return length;
}

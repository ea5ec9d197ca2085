/* What the scanner of tree-sitter-python is given in place of its own; compiled with the grammar, where the
 * build renames what it calls (cmake/Dependencies.cmake).
 *
 * It writes one byte behind its buffer where indentation is more than 500 levels deep and a string is open,
 * and takes some of its memory from the C library without a look at whether there was any. */
#include <string.h>
#include <tree_sitter/alloc.h>
#include <tree_sitter/parser.h>

void *python_scanner_calloc(size_t count, size_t size);
void python_scanner_free(void *block);

void *python_scanner_calloc(size_t count, size_t size) { return ts_calloc(count, size); }

void python_scanner_free(void *block) { ts_free(block); }

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

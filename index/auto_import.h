/* Importing what is not in scope: which symbols of modules can be, where from, and what that adds to a file.
 */
#ifndef HEADWORD_INDEX_AUTO_IMPORT_H
#define HEADWORD_INDEX_AUTO_IMPORT_H

#include "index/match.h"
#include "index/query.h"

/* Public classes and functions of modules, and variables of own ones, whose names begin with what was typed:
 * at least AUTO_IMPORT_TYPED bytes. What tests define counts in tests alone. Appended to `out`, at most
 * AUTO_IMPORT_MOST. */
enum { AUTO_IMPORT_TYPED = 3, AUTO_IMPORT_MOST = 400 };
void auto_import_find(const Index *index, FileId file, Pattern *pattern, SymbolRefs *out);

/* The dotted name of the module that a file would import the symbol from: the outermost package around its
 * module that has it too, else its module. False when no import would find it. Appended to `out`. */
bool auto_import_module(const Index *index, FileId file, SymbolRef ref, StrBuf *out);

/* Finds what has to be inserted into the file, whose text its facts were made from, so that the symbol's name
 * means it; appended to `out`. Returns the offset to insert at; NONE when it cannot be imported. */
uint32_t auto_import_edit(const Index *index, FileId file, Str text, SymbolRef ref, StrBuf *out);

#endif

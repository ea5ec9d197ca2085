/* Docstrings that stand elsewhere than in what they document (AttachedDoc in index/facts.h): of compiled
 * functions and classes above all. Some of those have no other trace in source, and are known by their dotted
 * names alone. */
#ifndef HEADWORD_INDEX_ATTACHED_H
#define HEADWORD_INDEX_ATTACHED_H

#include "index/index.h"

/* One of the `docs` of a file's facts. */
typedef struct {
    FileId file;
    uint32_t number;
} DocRef;

/* As written: index/fillings.h knows what its fields stand for. */
Str attached_text(const Index *index, DocRef ref);
/* The line that the text begins in, from 1. */
uint32_t attached_line(const Index *index, DocRef ref);

/* The dotted name of what is documented: where imports lead to its definition, the definition's. Appended to
 * `out`. */
void attached_append_name(const Index *index, DocRef ref, StrBuf *out);

/* What is attached to a symbol, to what a dotted name stands for ("torch.sum"), or to what the identifier at
 * an occurrence does: the first by path and place; false when there is none. */
bool attached_find_symbol(const Index *index, SymbolRef symbol, DocRef *out);
bool attached_find_name(const Index *index, Str dotted, DocRef *out);
bool attached_find_occurrence(const Index *index, FileId file, uint32_t occurrence, DocRef *out);

#endif

/* What a hover tells of a class besides its docstring: how it is called, and what its constructor and its
 * attributes say of themselves. Pages have a place of their own for each of these. */
#ifndef HEADWORD_MARKDOWN_CARD_CLASS_H
#define HEADWORD_MARKDOWN_CARD_CLASS_H

#include "markdown/card.h"

/* Appends "\nName(parameters)" for each way to call the class that own code, or the class's own file,
 * defines. */
void card_append_constructors(const Index *index, SymbolRef class, StrBuf *out);

/* Writes the docstring of `__init__`, and a list of the attributes that have docstrings and that the class's
 * does not speak of. */
void card_write_members(Writer *out, const Index *index, SymbolRef class, const Linker *links);

#endif

/* What the statements that introduce names say: definitions, imports, assignments. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_DEFINE_H
#define HEADWORD_INDEX_LANG_PYTHON_DEFINE_H

#include "index/facts_builder.h"
#include "index/lang/python_syntax.h"

/* A builder, and a cursor for looking at a node's children while the main cursor stands still. */
typedef struct {
    FactsBuilder builder;
    TSTreeCursor cursor;
} Reader;

/* The source of a node inside its parentheses. */
Str define_source(Reader *self, TSNode node);

/* Adds the symbol of a function_definition or class_definition with all that its header and docstring say,
 * and returns it. `decorated` is the decorated_definition around it, or a null node. */
uint32_t define_symbol(Reader *self, TSNode definition, TSNode decorated, uint32_t parent, bool conditional);

/* Sets the annotation, value and end of a symbol to those of the assignment or type alias that it is bound
 * by; nothing for a null node. */
void define_assigned(Reader *self, Symbol *symbol, TSNode assignment);

/* Adds the variable that the identifier at `range` becomes. `assignment` is the assignment, or the type
 * alias, whose whole left side it is, or a null node. */
void define_variable(Reader *self, Range range, TSNode assignment, SymbolVia via, uint32_t parent,
                     bool conditional);

/* Adds the import of an import_statement, import_from_statement or future_import_statement. */
void define_import(Reader *self, TSNode statement, uint32_t scope, bool conditional);

/* Sets the docstring of `symbol` if the first statement of `body` (a block or the module) is one. */
void define_docstring(Reader *self, uint32_t symbol, TSNode body);

/* Appends the value of a string node, parentheses aside; false when it is no plain literal, and some of it
 * may have been appended then. */
bool define_append_string(Reader *self, TSNode node, StrBuf *out);

/* The value of a string node, without parentheses, or {0, 0} and false when it is no plain literal. */
bool define_string(Reader *self, TSNode node, Text *value);

#endif

/* Symbols in the protocol's terms, for whatever lists them. */
#ifndef HEADWORD_LSP_SYMBOLS_H
#define HEADWORD_LSP_SYMBOLS_H

#include "lsp/results.h"

/* LSP "SymbolKind". */
int symbols_kind(const Symbol *symbol);

/* The identifier of a symbol; the start of the file for a module. */
Range symbols_name_range(const Facts *facts, const Symbol *symbol);

/* The whole symbol; its name lies within, as LSP asks for. */
Range symbols_range(const Facts *facts, const Symbol *symbol);

/* The symbol that was number `number` and is called `name`: edits since then may have moved it. The module
 * when there is none. */
uint32_t symbols_find(const Facts *facts, json_int_t number, Str name);

/* Appends the name as a JSON string; a module, which has none in its text, is called by what it is imported
 * as. */
void symbols_write_name(const Index *index, SymbolRef ref, StrBuf *out);

/* Appends LSP "SymbolInformation" with a range of the symbol's file; without a range it is a
 * "WorkspaceSymbol" that is to be resolved, whose `data` is the symbol's number. */
void symbols_write_information(const Server *self, SymbolRef ref, const Range *range, StrBuf *out);

#endif

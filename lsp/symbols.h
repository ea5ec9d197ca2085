/* Symbols in the protocol's terms, for whatever lists them. */
#ifndef HEADWORD_LSP_SYMBOLS_H
#define HEADWORD_LSP_SYMBOLS_H

#include "lsp/results.h"

/* LSP "SymbolKind". */
int symbols_kind(const Symbol *symbol);

/* The identifier of a symbol; the start of the file for a module. */
Range symbols_name_range(const Facts *facts, const Symbol *symbol);

/* Appends LSP "SymbolInformation" with a range of the symbol's file; without a range it is a
 * "WorkspaceSymbol" that is to be resolved, whose `data` is the symbol's number. */
void symbols_write_information(const Server *self, SymbolRef ref, const Range *range, StrBuf *out);

#endif

/* The items of call and type hierarchies: LSP "CallHierarchyItem" and "TypeHierarchyItem", which are alike.
 *
 * An item carries its symbol's number as `data`, to be found again when the client asks for what is around
 * it. */
#ifndef HEADWORD_LSP_HIERARCHY_H
#define HEADWORD_LSP_HIERARCHY_H

#include "lsp/results.h"

/* Appends the item of a symbol. */
void hierarchy_write_item(const Server *self, SymbolRef ref, StrBuf *out);

/* Appends the items as a list, or null when there are none: some clients let the user choose among none. */
void hierarchy_write_items(const Server *self, const SymbolRefs *refs, StrBuf *out);

/* Reads the item that a request is about. Its file is NONE when the index has it no more. False with an error
 * when the params are not right. */
bool hierarchy_read_item(const Server *self, const json_t *params, SymbolRef *out, RpcError *error);

#endif

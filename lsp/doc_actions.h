/* The code actions "Insert docstring" and "Update docstring". */
#ifndef HEADWORD_LSP_DOC_ACTIONS_H
#define HEADWORD_LSP_DOC_ACTIONS_H

#include "lsp/server.h"

/* Their LSP "CodeActionKind"; as answers to diagnostics they are "quickfix". */
#define DOC_ACTION_KIND "refactor.rewrite.docstring"

/* Appends what can be done about the docstring of the definition in whose header or docstring the range of
 * the params begins. `params` are LSP "CodeActionParams"; false with an error when they are not right. */
bool doc_actions_append(Server *self, const json_t *params, json_t *actions, RpcError *error);

#endif

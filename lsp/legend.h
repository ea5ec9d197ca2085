/* What semantic tokens are called: our types and modifiers, as far as the client knows them (LSP
 * "SemanticTokensLegend"). */
#ifndef HEADWORD_LSP_LEGEND_H
#define HEADWORD_LSP_LEGEND_H

#include "index/semantics.h"

#include <jansson.h>

enum { LEGEND_MODIFIERS = 9, LEGEND_NONE = UINT8_MAX };

typedef struct {
    bool usable; /* the client takes semantic tokens in a form that we write */
    uint8_t
        types[SEMANTIC_NONE]; /* by SemanticType: its number, or that of its next of kin; LEGEND_NONE: none */
    uint8_t modifiers[LEGEND_MODIFIERS]; /* by the number of the bit: the client's; LEGEND_NONE: none */
} Legend;

/* Reads "textDocument.semanticTokens" of ClientCapabilities. */
void legend_read(Legend *self, const json_t *capabilities);

/* LSP "SemanticTokensLegend"; a new reference. */
json_t *legend_json(const Legend *self);

/* A token's modifiers as the client counts them. */
uint32_t legend_modifiers(const Legend *self, uint16_t modifiers);

#endif

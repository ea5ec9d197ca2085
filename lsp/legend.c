#include "lsp/legend.h"

#include "protocol/lsp_types.h"

/* By SemanticType: its name, and what it is called where the client does not know that; kin stand before. */
static const struct {
    const char *name;
    SemanticType kin;
} types[SEMANTIC_NONE] = {
    [SEMANTIC_NAMESPACE] = {"namespace", SEMANTIC_NONE},
    [SEMANTIC_CLASS] = {"class", SEMANTIC_NONE},
    [SEMANTIC_TYPE] = {"type", SEMANTIC_CLASS},
    [SEMANTIC_ENUM] = {"enum", SEMANTIC_CLASS},
    [SEMANTIC_TYPE_PARAMETER] = {"typeParameter", SEMANTIC_TYPE},
    [SEMANTIC_FUNCTION] = {"function", SEMANTIC_NONE},
    [SEMANTIC_METHOD] = {"method", SEMANTIC_FUNCTION},
    [SEMANTIC_DECORATOR] = {"decorator", SEMANTIC_FUNCTION},
    [SEMANTIC_VARIABLE] = {"variable", SEMANTIC_NONE},
    [SEMANTIC_PROPERTY] = {"property", SEMANTIC_VARIABLE},
    [SEMANTIC_ENUM_MEMBER] = {"enumMember", SEMANTIC_PROPERTY},
    [SEMANTIC_PARAMETER] = {"parameter", SEMANTIC_VARIABLE},
};

/* By the number of the bit. */
static const char *const modifiers[LEGEND_MODIFIERS] = {
    "declaration", "definition", "readonly",     "static",         "deprecated",
    "abstract",    "async",      "modification", "defaultLibrary",
};

void legend_read(Legend *self, const json_t *capabilities) {
    const json_t *tokens = json_find_object(capabilities, "textDocument.semanticTokens");
    uint8_t count = 0;
    for (SemanticType type = 0; type < SEMANTIC_NONE; type++) {
        SemanticType kin = types[type].kin;
        if (json_find_in_array(tokens, "tokenTypes", types[type].name))
            self->types[type] = count++;
        else
            self->types[type] = kin == SEMANTIC_NONE ? LEGEND_NONE : self->types[kin];
    }
    self->usable = count > 0 && json_find_in_array(tokens, "formats", "relative");
    count = 0;
    for (size_t i = 0; i < LEGEND_MODIFIERS; i++)
        self->modifiers[i] =
            json_find_in_array(tokens, "tokenModifiers", modifiers[i]) ? count++ : LEGEND_NONE;
}

/* Only what the client knows has a number of its own. */
static void append_name(json_t *names, const char *name, uint8_t number) {
    if (number != LEGEND_NONE && number == json_array_size(names))
        json_array_append_new(names, json_string(name));
}

json_t *legend_json(const Legend *self) {
    json_t *type_names = json_array(), *modifier_names = json_array(), *legend = json_object();
    for (SemanticType type = 0; type < SEMANTIC_NONE; type++)
        append_name(type_names, types[type].name, self->types[type]);
    for (size_t i = 0; i < LEGEND_MODIFIERS; i++)
        append_name(modifier_names, modifiers[i], self->modifiers[i]);
    json_object_set_new(legend, "tokenTypes", type_names);
    json_object_set_new(legend, "tokenModifiers", modifier_names);
    return legend;
}

uint32_t legend_modifiers(const Legend *self, uint16_t modifiers_told) {
    uint32_t bits = 0;
    for (size_t i = 0; i < LEGEND_MODIFIERS; i++) {
        if (modifiers_told >> i & 1 && self->modifiers[i] != LEGEND_NONE) bits |= 1u << self->modifiers[i];
    }
    return bits;
}

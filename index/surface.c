#include "index/surface.h"

#include <xxhash.h>

/* What is hashed, packed one behind the other; places become names, for they move. */
typedef struct {
    const Facts *facts;
    StrBuf out;
} Surface;

static void add_number(Surface *self, uint32_t number) {
    buf_append(&self->out, str_make((const char *)&number, sizeof number));
}

/* With its length, so that neighbours do not run together. */
static void add_text(Surface *self, Text text) {
    add_number(self, text.len);
    buf_append(&self->out, facts_text(self->facts, text));
}

static void add_name(Surface *self, uint32_t name) {
    if (name != NONE) add_text(self, self->facts->names.items[name]);
}

static void add_occurrence(Surface *self, uint32_t occurrence) {
    if (occurrence == NONE) return;
    const Occurrence *at = &self->facts->occurrences.items[occurrence];
    add_number(self, (uint32_t)at->role << 8 | at->flags);
    add_name(self, at->name);
}

static void add_texts(Surface *self, Slice texts) {
    add_number(self, texts.count);
    for (uint32_t i = 0; i < texts.count; i++) add_text(self, self->facts->texts.items[texts.first + i]);
}

static void add_params(Surface *self, Slice params) {
    add_number(self, params.count);
    for (uint32_t i = 0; i < params.count; i++) {
        const Param *param = &self->facts->params.items[params.first + i];
        add_number(self, (uint32_t)param->kind << 8 | param->has_value);
        add_name(self, param->name);
        add_text(self, param->type);
        add_text(self, param->value);
    }
}

static void add_symbols(Surface *self) {
    add_number(self, self->facts->symbols.count);
    for (uint32_t i = 0; i < self->facts->symbols.count; i++) {
        const Symbol *symbol = &self->facts->symbols.items[i];
        add_number(self, (uint32_t)symbol->kind << 16 | (uint32_t)symbol->via << 8 | symbol->flags);
        add_number(self, symbol->parent);
        add_name(self, symbol->name);
        add_text(self, symbol->doc);
        add_text(self, symbol->type);
        add_text(self, symbol->value);
        add_texts(self, symbol->decorators);
        add_texts(self, symbol->bases);
        add_texts(self, symbol->keywords);
        add_params(self, symbol->params);
    }
}

static void add_imports(Surface *self) {
    const Facts *facts = self->facts;
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        add_number(self, import->flags);
        add_number(self, import->level);
        add_number(self, import->scope);
        add_text(self, import->module);
        for (uint32_t n = 0; n < import->names.count; n++) {
            const ImportName *name = &facts->import_names.items[import->names.first + n];
            add_text(self, name->name);
            add_name(self, name->alias);
        }
    }
}

/* The first occurrence of the dotted name that ends with this one. */
static uint32_t head_of(const Facts *facts, uint32_t occurrence) {
    while (occurrence && facts->occurrences.items[occurrence].flags & OCCURRENCE_CHAINED) occurrence--;
    return occurrence;
}

static void add_value(Surface *self, const Value *value) {
    add_number(self, value->steps);
    add_number(self, (uint32_t)value->kind << 8 | value->use);
    if (value->use == VALUE_RETURN)
        add_number(self, value->owner);
    else
        add_occurrence(self, value->owner);
    if (value->kind == VALUE_TYPE) add_text(self, self->facts->texts.items[value->at]);
    if (value->kind == VALUE_LITERAL) add_number(self, value->at);
    if (value->kind != VALUE_NAME) return;
    for (uint32_t o = head_of(self->facts, value->at); o <= value->at; o++) add_occurrence(self, o);
}

static void mark(const Facts *facts, const Value *value, bool *read) {
    if (value->kind == VALUE_NAME) read[head_of(facts, value->at)] = true;
}

/* Of what stands before dots, all that no bound or returned value is read from is left out. Values stand
 * behind those that they are read from, so that one pass backwards finds them. */
static void add_values(Surface *self) {
    const Facts *facts = self->facts;
    bool *read = mem_calloc(facts->occurrences.count + 1, sizeof *read);
    for (uint32_t i = 0; i < facts->returns.count; i++) mark(facts, &facts->returns.items[i], read);
    for (uint32_t i = 0; i < facts->values.count; i++) {
        if (facts->values.items[i].use == VALUE_BOUND) mark(facts, &facts->values.items[i], read);
    }
    for (uint32_t i = facts->values.count; i-- > 0;) {
        const Value *value = &facts->values.items[i];
        if (value->use != VALUE_BOUND && !read[value->owner]) continue;
        if (value->use != VALUE_BOUND) mark(facts, value, read);
        add_value(self, value);
    }
    for (uint32_t i = 0; i < facts->returns.count; i++) add_value(self, &facts->returns.items[i]);
    mem_free(read);
}

static void add_bindings(Surface *self) {
    const Facts *facts = self->facts;
    for (uint32_t i = 0; i < facts->bindings.count; i++) {
        add_number(self, facts->bindings.items[i].scope);
        add_occurrence(self, facts->bindings.items[i].occurrence);
    }
    for (uint32_t i = 0; i < facts->narrowings.count; i++) {
        add_occurrence(self, facts->narrowings.items[i].name);
        add_occurrence(self, facts->narrowings.items[i].type);
    }
}

/* Whoever shows a docstring that stands elsewhere names its line. */
static void add_docs(Surface *self) {
    const Facts *facts = self->facts;
    for (uint32_t i = 0; i < facts->docs.count; i++) {
        const AttachedDoc *doc = &facts->docs.items[i];
        add_number(self, lines_line(&facts->lines, doc->start));
        add_occurrence(self, doc->target);
        add_text(self, doc->name);
        add_text(self, doc->doc);
    }
    for (uint32_t i = 0; i < facts->fillings.count; i++) {
        const Filling *filling = &facts->fillings.items[i];
        bool starts = i == 0 || filling[-1].owner != filling->owner;
        add_number(self, filling->kind | (uint32_t)starts << 8 | (uint32_t)filling->margin << 16);
        add_text(self, filling->name);
        add_text(self, filling->text);
        add_number(self, filling->at);
    }
}

static void add_exports(Surface *self) {
    const Facts *facts = self->facts;
    for (uint32_t i = 0; i < facts->exports.count; i++) {
        add_number(self, facts->exports.items[i].kind);
        add_text(self, facts->exports.items[i].name);
    }
    for (uint32_t i = 0; i < facts->mentions.count; i++) {
        add_number(self, facts->mentions.items[i].kind);
        add_text(self, facts->mentions.items[i].text);
    }
}

uint64_t facts_surface(const Facts *self) {
    static void (*const parts[])(Surface *) = {add_symbols,  add_imports, add_values,
                                               add_bindings, add_docs,    add_exports};
    Surface surface = {.facts = self};
    buf_init(&surface.out);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        add_number(&surface, (uint32_t)i);
        parts[i](&surface);
    }
    uint64_t hash = XXH3_64bits(surface.out.data, surface.out.len);
    buf_release(&surface.out);
    return hash;
}

/* The card of a name that is no symbol: a parameter or a local variable. */
#include "markdown/card.h"
#include "markdown/card_docs.h"
#include "markdown/docstring.h"

/* What is known about the name. */
typedef struct {
    const Facts *facts;
    uint32_t symbol;    /* the function, or whatever is around it */
    const Param *param; /* NULL for a local variable */
    Str name, type;     /* its annotation, as written */
} Local;

/* The parameter whose name stands at `start`, and whose it is. */
static bool find_param(Local *self, uint32_t start) {
    const Facts *facts = self->facts;
    for (uint32_t s = facts_symbol_at(facts, start);; s = facts->symbols.items[s].parent) {
        Slice params = facts->symbols.items[s].params;
        for (uint32_t i = 0; i < params.count; i++) {
            const Param *param = &facts->params.items[params.first + i];
            if (param->start != start) continue;
            self->symbol = s;
            self->param = param;
            return true;
        }
        if (s == 0) return false;
    }
}

static Str annotation_of(const Facts *facts, uint32_t occurrence) {
    Slice values = facts_values_of(facts, occurrence);
    for (uint32_t i = values.first; i < values.first + values.count; i++) {
        const Value *value = &facts->values.items[i];
        if (value->kind == VALUE_TYPE && value->use == VALUE_BOUND && value->steps == STEP_NONE)
            return facts_text(facts, facts->texts.items[value->at]);
    }
    return STR_NONE;
}

static bool find_local(Local *self, const Index *index, Target target) {
    *self = (Local){.facts = index_facts(index, target.file)};
    uint32_t start = target.name.start, occurrence = facts_occurrence_at(self->facts, start);
    if (occurrence == NONE) return false;
    self->name = facts_name(self->facts, self->facts->occurrences.items[occurrence].name);
    self->symbol = self->facts->scopes.items[facts_scope_of(self->facts, occurrence)].symbol;
    if (find_param(self, start))
        self->type = facts_text(self->facts, self->param->type);
    else
        self->type = annotation_of(self->facts, occurrence);
    return true;
}

static void write_declaration(Writer *out, const Local *self) {
    StrBuf text;
    buf_init(&text);
    const Param *param = self->param;
    if (param && param->kind == PARAM_ARGS) buf_append_byte(&text, '*');
    if (param && param->kind == PARAM_KWARGS) buf_append(&text, STR("**"));
    buf_append(&text, self->name);
    if (self->type.len) buf_printf(&text, ": %.*s", STR_ARG(self->type));
    if (param && param->has_value)
        buf_printf(&text, param->type.len ? " = %.*s" : "=%.*s",
                   STR_ARG(facts_text(self->facts, param->value)));
    writer_fence(out, "python", buf_str(&text));
    buf_release(&text);
}

/* "parameter of pkg.mod.function, pkg/mod.py:12" */
static void write_home(Writer *out, const Index *index, const Local *self, Target target,
                       const Linker *links) {
    uint32_t line = lines_line(&self->facts->lines, target.name.start) + 1;
    writer_open(out, BLOCK_PARAGRAPH);
    writer_text(out, self->param ? STR("parameter of ") : STR("local variable of "));
    card_write_symbol(out, index, (SymbolRef){target.file, self->symbol}, links);
    writer_text(out, STR(", "));
    card_write_place(out, index, target.file, line, line, links);
    writer_close(out);
}

/* What the function's docstring says about it; of __init__, the class's where its own says nothing. */
static void write_docs(Writer *out, const Index *index, const Local *self, Target target,
                       const Linker *links) {
    const Symbol *function = &self->facts->symbols.items[self->symbol];
    if (card_write_param(out, index, (SymbolRef){target.file, self->symbol}, self->name, links)) return;
    if (str_eq(symbol_name(self->facts, function), STR("__init__")))
        card_write_param(out, index, (SymbolRef){target.file, function->parent}, self->name, links);
}

static void write_local(Writer *out, const Index *index, Target target, const Linker *links) {
    Local local;
    if (!find_local(&local, index, target)) return;
    write_declaration(out, &local);
    write_home(out, index, &local, target, links);
    if (local.param)
        write_docs(out, index, &local, target, links);
    else if (local.type.len == 0)
        card_write_types(out, index, target.file, facts_occurrence_at(local.facts, target.name.start), links);
}

void card_hover_target(const Index *index, Target target, WriterFormat format, StrBuf *out) {
    if (target.symbol != NONE) {
        card_hover(index, (SymbolRef){target.file, target.symbol}, format, out);
        return;
    }
    Linker links = format == WRITER_MARKDOWN ? linker_file(index) : linker_none();
    Writer writer;
    writer_init(&writer, out, format);
    write_local(&writer, index, target, &links);
}

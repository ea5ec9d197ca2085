/* All that facts say, as text: what is to be compared. The numbers of names are left out, as the order of
 * names may differ. */
#ifndef HEADWORD_TESTS_FACTS_TEXT_H
#define HEADWORD_TESTS_FACTS_TEXT_H

#include "index/facts.h"

static inline void put_text(const Facts *facts, Text text, StrBuf *out) {
    buf_printf(out, " <%.*s>", STR_ARG(facts_text(facts, text)));
}

static inline void put_slice(const Facts *facts, Slice slice, StrBuf *out) {
    buf_append(out, STR(" ["));
    for (uint32_t i = 0; i < slice.count; i++) put_text(facts, facts->texts.items[slice.first + i], out);
    buf_append(out, STR("]"));
}

static inline void put_symbols(const Facts *facts, StrBuf *out) {
    for (uint32_t i = 0; i < facts->symbols.count; i++) {
        const Symbol *s = &facts->symbols.items[i];
        buf_printf(out, "symbol %u via %u flags %u parent %d after %u %.*s at %u %u-%u", s->kind, s->via,
                   s->flags, (int)s->parent, s->after, STR_ARG(symbol_name(facts, s)), s->name_start,
                   s->range.start, s->range.end);
        put_text(facts, s->doc, out);
        put_text(facts, s->type, out);
        put_text(facts, s->value, out);
        put_slice(facts, s->decorators, out);
        put_slice(facts, s->bases, out);
        put_slice(facts, s->keywords, out);
        for (uint32_t p = 0; p < s->params.count; p++) {
            const Param *param = &facts->params.items[s->params.first + p];
            buf_printf(out, " %u %.*s %u", param->kind, STR_ARG(facts_name(facts, param->name)),
                       param->start);
            put_text(facts, param->type, out);
            put_text(facts, param->value, out);
        }
        buf_append_byte(out, '\n');
    }
}

static inline void put_imports(const Facts *facts, StrBuf *out) {
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        buf_printf(out, "import %u %u at %u in %u", import->flags, import->level, import->start,
                   import->scope);
        put_text(facts, import->module, out);
        for (uint32_t n = 0; n < import->names.count; n++) {
            const ImportName *name = &facts->import_names.items[import->names.first + n];
            put_text(facts, name->name, out);
            if (name->alias != NONE) buf_printf(out, " as %.*s", STR_ARG(facts_name(facts, name->alias)));
            buf_printf(out, " %u-%u", name->start, name->end);
        }
        buf_append_byte(out, '\n');
    }
}

static inline void put_occurrences(const Facts *facts, StrBuf *out) {
    for (uint32_t i = 0; i < facts->occurrences.count; i++) {
        const Occurrence *o = &facts->occurrences.items[i];
        buf_printf(out, "%.*s at %u role %u flags %u scope %u\n", STR_ARG(facts_name(facts, o->name)),
                   o->start, o->role, o->flags, facts_scope_of(facts, i));
    }
    for (uint32_t i = 0; i < facts->scopes.count; i++) {
        const Scope *s = &facts->scopes.items[i];
        buf_printf(out, "scope %u in %d of %u %u-%u\n", s->kind, (int)s->parent, s->symbol, s->range.start,
                   s->range.end);
    }
}

static inline void put_values(const Facts *facts, StrBuf *out) {
    for (uint32_t i = 0; i < facts->values.count + facts->returns.count; i++) {
        uint32_t own = i < facts->values.count ? i : i - facts->values.count;
        const Value *v = i == own ? &facts->values.items[own] : &facts->returns.items[own];
        buf_printf(out, "value %u of %u kind %u steps %x", v->use, v->owner, v->kind, v->steps);
        if (v->kind == VALUE_TYPE)
            put_text(facts, facts->texts.items[v->at], out);
        else
            buf_printf(out, " %u", v->at);
        buf_append_byte(out, '\n');
    }
    for (uint32_t i = 0; i < facts->narrowings.count; i++) {
        const Narrowing *n = &facts->narrowings.items[i];
        buf_printf(out, "%u is %u in %u-%u\n", n->name, n->type, n->range.start, n->range.end);
    }
    for (uint32_t i = 0; i < facts->suites.count; i++) {
        const Suite *b = &facts->suites.items[i];
        buf_printf(out, "block %u-%u in %d of %d\n", b->range.start, b->range.end, (int)b->parent,
                   (int)b->statement);
    }
    for (uint32_t i = 0; i < facts->occurrences.count; i++) { /* names may be numbered otherwise */
        Slice bindings = facts_bindings_of(facts, facts->occurrences.items[i].name);
        for (uint32_t n = 0; n < bindings.count; n++) {
            Binding binding = facts->bindings.items[bindings.first + n];
            buf_printf(out, "%u bound at %u in %u\n", i, binding.occurrence, binding.scope);
        }
    }
}

static inline void put_literals(const Facts *facts, StrBuf *out) {
    for (uint32_t i = 0; i < facts->literals.count; i++) {
        const Literal *literal = &facts->literals.items[i];
        buf_printf(out, "\nliteral %u at %u type %u argument %u", literal->occurrence, literal->start,
                   literal->type, literal->argument);
        put_text(facts, literal->value, out);
    }
    for (uint32_t i = 0; i < facts->docs.count; i++) {
        const AttachedDoc *doc = &facts->docs.items[i];
        buf_printf(out, "\ndoc of %u at %u", doc->target, doc->start);
        put_text(facts, doc->name, out);
        put_text(facts, doc->doc, out);
    }
    for (uint32_t i = 0; i < facts->fillings.count; i++) {
        const Filling *filling = &facts->fillings.items[i];
        buf_printf(out, "\nfilling %u of %u at %u margin %u", filling->kind, filling->owner, filling->at,
                   filling->margin);
        put_text(facts, filling->name, out);
        put_text(facts, filling->text, out);
    }
    for (uint32_t i = 0; i < facts->raises.count; i++) {
        const Raise *raise = &facts->raises.items[i];
        buf_printf(out, "\nraise in %u at %u of %d", raise->symbol, raise->start, (int)raise->exception);
    }
    for (uint32_t i = 0; i < facts->exports.count; i++) {
        const Export *export = &facts->exports.items[i];
        buf_printf(out, "\nexport %u at %d", export->kind, (int)export->start);
        put_text(facts, export->name, out);
    }
}

static inline void put_rest(const Facts *facts, StrBuf *out) {
    for (uint32_t i = 0; i < facts->notes.count; i++) {
        buf_printf(out, "\nnote %u", facts->notes.items[i].start);
        put_text(facts, facts->notes.items[i].text, out);
    }
    for (uint32_t i = 0; i < facts->remarks.count; i++) {
        const Remark *remark = &facts->remarks.items[i];
        buf_printf(out, "\nremark %u %u-%u", remark->comment, remark->range.start, remark->range.end);
        put_text(facts, remark->text, out);
    }
    for (uint32_t i = 0; i < facts->errors.count; i++)
        buf_printf(out, "\nerror %u-%u", facts->errors.items[i].start, facts->errors.items[i].end);
    buf_printf(out, "\nlines %u blank %u comment %u names %u\n", facts->lines.count, facts->blank_lines,
               facts->comment_lines, facts->names.count);
}

static inline void facts_describe(const Facts *facts, StrBuf *out) {
    buf_clear(out);
    put_symbols(facts, out);
    put_imports(facts, out);
    put_occurrences(facts, out);
    put_values(facts, out);
    put_literals(facts, out);
    put_rest(facts, out);
}

#endif

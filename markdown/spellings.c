#include "markdown/spellings.h"

#include "index/name.h"

static Str last_part(Str dotted) {
    size_t dot = dotted.len;
    while (dot > 0 && dotted.data[dot - 1] != '.') dot--;
    return str_trim(str_from(dotted, dot));
}

static void add(Spellings *self, const Index *index, uint32_t name, bool renamable) {
    if (self->names[name]) return;
    self->names[name] = true;
    intern_id(&self->normal, index_name(index, name));
    if (renamable) ARRAY_PUSH(&self->to_do, name);
}

/* Methods and attributes are not reached by `import` or a plain assignment. */
static bool is_renamable(const Symbol *symbol) { return symbol->kind == SYMBOL_CLASS || symbol->parent == 0; }

static void add_own(Spellings *self, const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    for (uint32_t s = 1; s < facts->symbols.count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        add(self, index, index_name_id(index, file, symbol->name), is_renamable(symbol));
    }
}

/* The names that a file gives to what is called `name` in it: `import name as other`, `other = name`. */
static void add_others(Spellings *self, const Index *index, FileId file, Str name) {
    const Facts *facts = index_facts(index, file);
    for (uint32_t i = 0; i < facts->import_names.count; i++) {
        const ImportName *import = &facts->import_names.items[i];
        if (import->alias != NONE && str_eq(last_part(facts_text(facts, import->name)), name))
            add(self, index, index_name_id(index, file, import->alias), true);
    }
    for (uint32_t s = 1; s < facts->symbols.count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        if (symbol->kind == SYMBOL_VARIABLE && str_eq(last_part(facts_text(facts, symbol->value)), name))
            add(self, index, index_name_id(index, file, symbol->name), true);
    }
}

void spellings_init(Spellings *self, const Index *index, FileId file) {
    *self = (Spellings){.names = mem_calloc(index_name_end(index), sizeof *self->names)};
    intern_init(&self->normal);
    add_own(self, index, file);
    while (self->to_do.len) {
        Postings postings = index_name_postings(index, ARRAY_POP(&self->to_do));
        for (uint32_t i = 0; i < postings.count; i++) {
            FileId other = postings.items[i].file;
            add_others(self, index, other, facts_name(index_facts(index, other), postings.items[i].name));
        }
    }
}

void spellings_release(Spellings *self) {
    mem_free(self->names);
    intern_release(&self->normal);
    ARRAY_FREE(&self->to_do);
}

bool spellings_hold(const Spellings *self, Str dotted) {
    StrBuf scratch;
    buf_init(&scratch);
    bool held = intern_find(&self->normal, name_normal(last_part(dotted), &scratch)) != INTERN_NONE;
    buf_release(&scratch);
    return held;
}

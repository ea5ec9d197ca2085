#include "index/attached.h"

#include "index/query.h"

static const AttachedDoc *doc_at(const Index *index, DocRef ref) {
    return &index_facts(index, ref.file)->docs.items[ref.number];
}

Str attached_text(const Index *index, DocRef ref) {
    return facts_text(index_facts(index, ref.file), doc_at(index, ref)->doc);
}

uint32_t attached_line(const Index *index, DocRef ref) {
    return lines_line(&index_facts(index, ref.file)->lines, doc_at(index, ref)->start) + 1;
}

static Str last_part(Str dotted) { return str_from(dotted, str_rfind_byte(dotted, '.') + 1); }

/* --- what is documented ------------------------------------------------------------------------- */

/* The first symbol that an occurrence means for sure. */
static bool find_symbol(const Index *index, FileId file, uint32_t occurrence, SymbolRef *out) {
    Targets targets = {0};
    resolve_occurrence(index, file, occurrence, &targets);
    bool found = targets.len > 0 && !targets.items[0].guess && targets.items[0].symbol != NONE;
    if (found) *out = (SymbolRef){targets.items[0].file, targets.items[0].symbol};
    ARRAY_FREE(&targets);
    return found;
}

static void append_occurrence(const Index *index, FileId file, uint32_t occurrence, StrBuf *out) {
    SymbolRef symbol;
    if (find_symbol(index, file, occurrence, &symbol))
        index_dotted_name(index, symbol, out);
    else
        resolve_qualified(index, file, occurrence, out);
}

/* What a function that attaches docstrings itself finds the member in that its callers name. */
static void append_opened(const Index *index, FileId file, uint32_t callee, StrBuf *out) {
    SymbolRef function;
    if (!find_symbol(index, file, callee, &function)) return;
    const Facts *facts = index_facts(index, function.file);
    for (uint32_t i = 0; i < facts->docs.count; i++) {
        const AttachedDoc *doc = &facts->docs.items[i];
        if (doc->doc.len || facts_symbol_at(facts, doc->start) != function.symbol) continue;
        append_occurrence(index, function.file, doc->target, out);
        return;
    }
}

/* A name that goes through packages that import it ends at the definition. */
static void follow_name(const Index *index, FileId file, StrBuf *name) {
    Targets targets = {0};
    if (str_find_byte(buf_str(name), '.') != STR_NPOS) resolve_dotted(index, file, buf_str(name), &targets);
    if (targets.len && targets.items[0].symbol != NONE) {
        buf_clear(name);
        index_dotted_name(index, (SymbolRef){targets.items[0].file, targets.items[0].symbol}, name);
    }
    ARRAY_FREE(&targets);
}

/* A name alone is one of the package around: SciPy's `add_newdoc("airy", "…")`. */
static void append_package(const Index *index, FileId file, StrBuf *out) {
    StrBuf module;
    buf_init(&module);
    index_module_name(index, file, &module);
    size_t dot = str_rfind_byte(buf_str(&module), '.');
    if (dot != STR_NPOS) buf_append(out, str_slice(buf_str(&module), 0, dot));
    buf_release(&module);
}

/* The class or module that `__doc__` is set in; NONE when something else is documented. */
static uint32_t symbol_around(const Facts *facts, const AttachedDoc *doc) {
    if (facts->occurrences.items[doc->target].role != ROLE_WRITE) return NONE;
    return facts->scopes.items[facts_scope_of(facts, doc->target)].symbol;
}

void attached_append_name(const Index *index, DocRef ref, StrBuf *out) {
    const Facts *facts = index_facts(index, ref.file);
    const AttachedDoc *doc = doc_at(index, ref);
    uint32_t around = symbol_around(facts, doc);
    StrBuf name;
    buf_init(&name);
    if (around != NONE)
        index_dotted_name(index, (SymbolRef){ref.file, around}, &name);
    else if (facts->occurrences.items[doc->target].flags & OCCURRENCE_CALLEE)
        append_opened(index, ref.file, doc->target, &name);
    else
        append_occurrence(index, ref.file, doc->target, &name);
    if (doc->name.len) {
        if (name.len == 0 && str_find_byte(facts_text(facts, doc->name), '.') == STR_NPOS)
            append_package(index, ref.file, &name);
        if (name.len) buf_append_byte(&name, '.');
        buf_append(&name, facts_text(facts, doc->name));
        follow_name(index, ref.file, &name);
    }
    buf_append(out, buf_str(&name));
    buf_release(&name);
}

/* --- finding ------------------------------------------------------------------------------------ */

/* Whether the name of what is documented ends with that part, as it is written: asked of all docstrings. */
static bool is_written(const Facts *facts, const AttachedDoc *doc, Str last) {
    Str name = doc->name.len ? facts_text(facts, doc->name)
                             : facts_name(facts, facts->occurrences.items[doc->target].name);
    return str_ends_with(name, last) && (name.len == last.len || str_eq(last_part(name), last));
}

/* `x = add_docstr(y, "…")` documents both; `__doc__ = "…"` what is around. */
static bool is_of_symbol(const Index *index, DocRef ref, SymbolRef symbol) {
    if (symbol.file != ref.file) return false;
    const Facts *facts = index_facts(index, ref.file);
    const AttachedDoc *doc = doc_at(index, ref);
    const Symbol *named = &facts->symbols.items[symbol.symbol];
    bool inside =
        named->kind == SYMBOL_VARIABLE && doc->start >= named->range.start && doc->start < named->range.end;
    return inside || symbol_around(facts, doc) == symbol.symbol;
}

static bool has_name(const Index *index, DocRef ref, Str dotted) {
    StrBuf name;
    buf_init(&name);
    attached_append_name(index, ref, &name);
    bool same = str_eq(buf_str(&name), dotted);
    buf_release(&name);
    return same;
}

/* Files in the order of their ids: of two that have it, the first path counts. */
static bool find(const Index *index, SymbolRef symbol, Str dotted, DocRef *out) {
    FileList files = index_documenting(index);
    Str last = last_part(dotted);
    bool found = false;
    for (uint32_t f = 0; f < files.count; f++) {
        const Facts *facts = index_facts(index, files.items[f]);
        Str path = index_path(index, files.items[f]);
        if (found && str_compare(index_path(index, out->file), path) < 0) continue;
        for (uint32_t d = 0; d < facts->docs.count; d++) {
            DocRef ref = {files.items[f], d};
            const AttachedDoc *doc = &facts->docs.items[d];
            if (doc->doc.len == 0) continue;
            bool fits = is_written(facts, doc, last) && has_name(index, ref, dotted);
            if (!fits && !is_of_symbol(index, ref, symbol)) continue;
            *out = ref;
            found = true;
            break;
        }
    }
    return found;
}

bool attached_find_symbol(const Index *index, SymbolRef symbol, DocRef *out) {
    StrBuf dotted;
    buf_init(&dotted);
    index_dotted_name(index, symbol, &dotted);
    bool found = find(index, symbol, buf_str(&dotted), out);
    buf_release(&dotted);
    return found;
}

/* --- members of what is not there --------------------------------------------------------------- */

static bool find_member(const Index *index, StrBuf *owner, Str name, DocRef *out) {
    buf_append_byte(owner, '.');
    buf_append(owner, name);
    return find(index, (SymbolRef){NONE, NONE}, buf_str(owner), out);
}

/* A member of one of the bases that a class names, whether they are there or not. */
static bool find_in_bases(const Index *index, SymbolRef class, Str name, DocRef *out) {
    const Facts *facts = index_facts(index, class.file);
    const Symbol *symbol = &facts->symbols.items[class.symbol];
    bool found = false;
    StrBuf owner;
    buf_init(&owner);
    for (uint32_t o = facts_first_occurrence(facts, symbol->name_start);
         o < facts->occurrences.count && facts->occurrences.items[o].start < symbol->range.end && !found;
         o++) {
        const Occurrence *at = &facts->occurrences.items[o];
        bool chained = o + 1 < facts->occurrences.count && at[1].flags & OCCURRENCE_CHAINED;
        if (at->start != symbol->name_start && !(at->flags & OCCURRENCE_BASE)) break;
        if (!(at->flags & OCCURRENCE_BASE) || chained) continue;
        buf_clear(&owner);
        if (resolve_qualified(index, class.file, o, &owner)) found = find_member(index, &owner, name, out);
    }
    buf_release(&owner);
    return found;
}

static bool find_in_class(Query *self, SymbolRef class, Str name, DocRef *out) {
    SymbolRefs order = query_order(self, class);
    for (uint32_t i = 0; i < order.len; i++) {
        StrBuf owner;
        buf_init(&owner);
        index_dotted_name(self->index, order.items[i], &owner);
        bool found = find_member(self->index, &owner, name, out) ||
                     find_in_bases(self->index, order.items[i], name, out);
        buf_release(&owner);
        if (found) return true;
    }
    return false;
}

/* Of "pkg.Class.member", what is attached to a member that the class has from a base. */
static bool find_in_owner(const Index *index, Str dotted, DocRef *out) {
    size_t dot = str_rfind_byte(dotted, '.');
    Targets targets = {0};
    FileList files = index_documenting(index);
    if (dot != STR_NPOS && files.count)
        resolve_dotted(index, files.items[0], str_slice(dotted, 0, dot), &targets);
    bool found = false;
    Query query;
    query_init(&query, index);
    for (uint32_t i = 0; i < targets.len && !found; i++) {
        SymbolRef class = {targets.items[i].file, targets.items[i].symbol};
        found = class.symbol != NONE && query_is_class(index, class) &&
                find_in_class(&query, class, str_from(dotted, dot + 1), out);
    }
    query_release(&query);
    ARRAY_FREE(&targets);
    return found;
}

bool attached_find_name(const Index *index, Str dotted, DocRef *out) {
    return find(index, (SymbolRef){NONE, NONE}, dotted, out) || find_in_owner(index, dotted, out);
}

bool attached_find_occurrence(const Index *index, FileId file, uint32_t occurrence, DocRef *out) {
    const Facts *facts = index_facts(index, file);
    Str name = facts_name(facts, facts->occurrences.items[occurrence].name);
    if (index_documenting(index).count == 0) return false;
    StrBuf dotted;
    buf_init(&dotted);
    bool found = resolve_qualified(index, file, occurrence, &dotted) &&
                 attached_find_name(index, buf_str(&dotted), out);
    buf_release(&dotted);
    if (found || facts->occurrences.items[occurrence].role != ROLE_ATTRIBUTE) return found;
    Query query;
    Types receivers = {0};
    query_init(&query, index);
    query_receiver(&query, file, occurrence, &receivers);
    for (uint32_t i = 0; i < receivers.len && !found; i++) {
        SymbolRef class = receivers.items[i].symbol;
        if (receivers.items[i].wraps == 0 && query_is_class(index, class))
            found = find_in_class(&query, class, name, out);
    }
    ARRAY_FREE(&receivers);
    query_release(&query);
    return found;
}

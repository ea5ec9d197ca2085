#include "index/resolve.h"
#include "markdown/check_parts.h"
#include "markdown/markup.h"

/* The next role at or behind `*from`: what stands between its backticks. */
static bool next_role(Str text, size_t *from, Str *target) {
    for (size_t i = *from; i + 1 < text.len; i++) {
        if (text.data[i] != ':' || text.data[i + 1] != '`') continue;
        size_t start = i, close = str_find_byte(str_from(text, i + 2), '`');
        while (start > 0 && (doc_is_name(text.data[start - 1]) || text.data[start - 1] == ':')) start--;
        Str name = str_slice(text, start, i);
        while (name.len && name.data[0] == ':') name = str_from(name, 1);
        if (close == STR_NPOS) return false;
        *from = i + 2 + close + 1;
        *target = str_slice(text, i + 2, i + 2 + close);
        if (markup_is_python_role(name)) return true;
        i = *from - 1;
    }
    return false;
}

/* The name that a role refers to: "title <name>", "~name", "name()". */
static Str role_name(Str target) {
    size_t open = str_find_byte(target, '<');
    if (open != STR_NPOS && str_ends_with(target, STR(">")))
        target = str_slice(target, open + 1, target.len - 1);
    if (str_starts_with(target, STR("~"))) target = str_from(target, 1);
    if (str_ends_with(target, STR("()"))) target.len -= 2;
    return target;
}

static bool is_dotted_name(Str name) {
    bool dotted = false;
    for (Str rest = name, part; str_next_piece(&rest, '.', &part); dotted |= part.len < name.len) {
        if (!check_is_name(part)) return false;
    }
    return dotted && !str_ends_with(name, STR("."));
}

static bool find(const Check *self, Str name, Target *out) {
    Targets targets = {0};
    resolve_dotted(self->index, self->file, name, &targets);
    bool found = targets.len > 0;
    if (found) *out = targets.items[0];
    ARRAY_FREE(&targets);
    return found;
}

/* Whether what a module holds can be read off it: it imports no wildcards and makes no names up. */
static bool is_closed_module(const Facts *facts) {
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        if (facts->imports.items[i].flags & IMPORT_WILDCARD) return false;
    }
    for (uint32_t n = 0; n < facts->names.count; n++) {
        Str name = facts_name(facts, n);
        if (str_eq(name, STR("__getattr__")) || str_eq(name, STR("globals"))) return false;
    }
    return true;
}

/* Whether own code rules out that a name stands behind what `target` is. Elsewhere defined names may have
 * come there in ways that cannot be seen. */
static bool is_closed(const Check *self, const Target *target, Str name) {
    if (target->symbol == NONE || !index_is_own(self->index, target->file)) return false;
    const Facts *facts = index_facts(self->index, target->file);
    const Symbol *symbol = &facts->symbols.items[target->symbol];
    uint32_t id = index_find_name(self->index, name);
    if (id != NONE && index_name_symbols(self->index, id) > 0) return false;
    if (symbol->kind == SYMBOL_MODULE) return is_closed_module(facts);
    return symbol->kind == SYMBOL_CLASS && symbol->bases.count == 0 && symbol->keywords.count == 0;
}

/* The longest beginning of the name that means something; what follows it is not there. */
static bool is_dangling(Check *self, Str name) {
    Target target;
    if (self->lookups == 0 || find(self, name, &target)) return false;
    for (size_t dot; (dot = str_rfind_byte(name, '.')) != STR_NPOS && self->lookups; self->lookups--) {
        Str last = str_from(name, dot + 1);
        name = str_slice(name, 0, dot);
        if (find(self, name, &target)) return is_closed(self, &target, last);
    }
    return false;
}

void check_references(Check *self) {
    Str value = str_slice(self->text, self->place.value.start, self->place.value.end), target;
    for (size_t from = 0; next_role(value, &from, &target);) {
        Str name = role_name(target);
        if (!is_dotted_name(name) || !is_dangling(self, name)) continue;
        check_note(self, RULE_dangling_reference, check_range(self, name, 0), "%.*s is not there.",
                   STR_ARG(name));
    }
}

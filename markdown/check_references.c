#include "index/resolve.h"
#include "markdown/check_parts.h"
#include "markdown/markup.h"

/* What a text refers to: ":func:`name`"; without a role, "`name`" and "[name]" may be anything. */
typedef struct {
    Str target;
    bool role;
} Reference;

/* The role that ends with the colon before `i`; empty when there is none. */
static Str role_before(Str text, size_t i) {
    if (i == 0 || text.data[i - 1] != ':') return STR_NONE;
    size_t start = i - 1;
    while (start > 0 && (doc_is_name(text.data[start - 1]) || text.data[start - 1] == ':')) start--;
    Str role = str_slice(text, start, i - 1);
    while (role.len && role.data[0] == ':') role = str_from(role, 1);
    return role;
}

/* The next reference at or behind `*from`. */
static bool next_reference(Str text, size_t *from, Reference *out) {
    for (size_t i = *from; i < text.len; i++) {
        char c = text.data[i];
        if (c != '`' && c != '[') continue;
        size_t open = i + 1;
        while (c == '`' && open < text.len && text.data[open] == '`') open++;
        size_t len = str_find_byte(str_from(text, open), c == '`' ? '`' : ']');
        if (len == STR_NPOS) continue;
        Str role = c == '`' ? role_before(text, i) : STR_NONE;
        *out = (Reference){str_slice(text, open, open + len), role.len > 0};
        if (c == '`') i = open + len; /* what brackets hold is looked through too */
        while (c == '`' && i + 1 < text.len && text.data[i + 1] == '`') i++;
        *from = i + 1;
        if (role.len == 0 || markup_is_python_role(role)) return true;
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

/* Whether a name without a role can only be meant as a path into a package: "pkg.mod.name", no file's name.
 */
static bool is_path(Str name) {
    static const char *const suffixes[] = {".py",  ".pyi",  ".so",   ".md",   ".rst",
                                           ".txt", ".json", ".toml", ".yaml", ".yml"};
    size_t dots = 0;
    for (size_t i = 0; i < name.len; i++) dots += name.data[i] == '.';
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (str_ends_with(name, str_of(suffixes[i]))) return false;
    }
    return dots >= 2;
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
    Str value = str_slice(self->text, self->place.value.start, self->place.value.end);
    Reference reference;
    for (size_t from = 0; next_reference(value, &from, &reference);) {
        Str name = role_name(reference.target);
        if (!is_dotted_name(name) || !(reference.role || is_path(name)) || !is_dangling(self, name)) continue;
        check_note(self, RULE_dangling_reference, check_range(self, name, 0), "%.*s is not there.",
                   STR_ARG(name));
    }
}

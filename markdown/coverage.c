#include "markdown/coverage.h"

#include "base/path.h"
#include "index/name.h"
#include "index/stubs.h"

/* --- public symbols ---------------------------------------------------------------------------------- */

bool symbol_is_parsed(const Facts *facts, uint32_t symbol) {
    const Symbol *at = &facts->symbols.items[symbol];
    uint32_t line = lines_line(&facts->lines, at->name_start) + 1;
    uint32_t end = line < facts->lines.count ? facts->lines.starts[line] : facts->lines.len;
    for (uint32_t e = 0; e < facts->errors.count; e++) {
        if (facts->errors.items[e].start < end && at->range.start < facts->errors.items[e].end) return false;
    }
    return true;
}

bool symbol_is_public(const Facts *facts, uint32_t symbol) {
    bool listed = facts_lists_exports(facts);
    for (uint32_t s = symbol; s != 0; s = facts->symbols.items[s].parent) {
        const Symbol *at = &facts->symbols.items[s];
        Str name = symbol_name(facts, at);
        bool exported = listed && at->parent == 0 ? at->flags & SYMBOL_EXPORTED : name_is_public(name);
        if (!exported) return false;
        uint8_t kind = facts->symbols.items[at->parent].kind;
        if (kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD) return false;
    }
    return true;
}

/* The name begins with an underscore, and is none of Python's own ("__init__"). */
static bool is_private_module(Str path) {
    Str name = path_name(path);
    return !name_is_public(str_slice(name, 0, name.len - path_suffix(name).len));
}

/* --- definitions of one name ------------------------------------------------------------------------- */

/* What a decorator makes of a definition. */
typedef enum {
    PART_WHOLE,
    PART_OVERLOAD, /* another definition tells more */
    PART_SETTER,   /* of a property: its getter is documented */
    PART_OVERRIDE, /* of a method that is documented elsewhere */
} Part;

static Part part_of(const Facts *facts, uint32_t number) {
    static const struct {
        const char *last;
        Part part;
    } decorators[] = {{"overload", PART_OVERLOAD},
                      {"setter", PART_SETTER},
                      {"deleter", PART_SETTER},
                      {"getter", PART_SETTER},
                      {"override", PART_OVERRIDE}};
    Slice slice = facts->symbols.items[number].decorators;
    for (uint32_t d = 0; d < slice.count; d++) {
        Str text = facts_text(facts, facts->texts.items[slice.first + d]);
        Str last = str_from(text, str_rfind_byte(text, '.') + 1);
        for (size_t i = 0; i < sizeof decorators / sizeof *decorators; i++) {
            if (str_eq(last, str_of(decorators[i].last))) return decorators[i].part;
        }
    }
    return PART_WHOLE;
}

/* What the definitions of one name in one body come to. */
typedef struct {
    uint32_t first; /* that counts for all, or NONE */
    bool documented;
} Group;

static Group group_of(const Facts *facts, uint32_t number) {
    const Symbol *symbol = &facts->symbols.items[number];
    Slice same = facts_symbols_named(facts, symbol->name);
    Group group = {NONE, false};
    bool whole = false;
    for (uint32_t i = 0; i < same.count; i++) {
        uint32_t at = facts->by_name.items[same.first + i];
        const Symbol *other = &facts->symbols.items[at];
        if (other->parent != symbol->parent || other->kind > SYMBOL_METHOD) continue;
        Part part = part_of(facts, at);
        if (part == PART_OVERRIDE) return (Group){NONE, false};
        if (part == PART_SETTER) continue;
        group.documented |= other->doc.len > 0;
        if (group.first == NONE || (part == PART_WHOLE && !whole)) group.first = at;
        whole |= part == PART_WHOLE;
    }
    return group;
}

/* --- counting ---------------------------------------------------------------------------------------- */

static bool is_stub_of_source(const Index *index, FileId file) {
    return stubs_is_stub(index, file) && stubs_other(index, file) != NONE;
}

static bool counts(const Index *index, FileId file, uint32_t number) {
    const Facts *facts = index_facts(index, file);
    if (facts->symbols.items[number].kind > SYMBOL_METHOD || !symbol_is_public(facts, number)) return false;
    if (number == 0) return !is_private_module(index_path(index, file));
    return symbol_is_parsed(facts, number) && group_of(facts, number).first == number;
}

bool coverage_counts(const Index *index, FileId file, uint32_t symbol) {
    return counts(index, file, symbol) && !is_stub_of_source(index, file);
}

bool coverage_is_documented(const Facts *facts, uint32_t symbol) {
    return symbol ? group_of(facts, symbol).documented : facts->symbols.items[0].doc.len > 0;
}

Coverage coverage_of(const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    Coverage coverage = {0, 0};
    if (is_stub_of_source(index, file)) return coverage;
    for (uint32_t s = 0; s < facts->tree_count; s++) {
        if (!counts(index, file, s)) continue;
        coverage.total++;
        coverage.documented += coverage_is_documented(facts, s);
    }
    return coverage;
}

#include "markdown/rule_hits.h"

#include "index/resolve.h"
#include "markdown/call_arguments.h"
#include "markdown/markup.h"

#include <stdlib.h>

enum { SHOWN_HITS = 200 };

const Rule rules[] = {
#define RULE(section, where, name, text, condition, cwe)                                                     \
    {PAGE_SECTION_##section,                                                                                 \
     RULE_##where,                                                                                           \
     {name, sizeof name - 1},                                                                                \
     text,                                                                                                   \
     {condition, sizeof condition - 1},                                                                      \
     cwe},
#include "markdown/rules.def"
#undef RULE
};
const uint32_t rule_count = sizeof rules / sizeof *rules;

/* --- conditions --------------------------------------------------------------------------------- */

typedef struct {
    bool unless;
    Str name; /* of the argument; empty: what is assigned */
    uint32_t position;
    Str values; /* separated by "|" */
} Condition;

/* Cuts the next one off: "name=value", "!name@1=value|value", "=value". */
static bool next_condition(Str *rest, Condition *out) {
    Str piece;
    if (!rest->len || !str_next_piece(rest, ' ', &piece)) return false;
    *out = (Condition){.unless = str_starts_with(piece, STR("!")), .position = NONE};
    piece = str_from(piece, out->unless);
    size_t equals = str_find_byte(piece, '=');
    out->name = str_slice(piece, 0, equals);
    out->values = str_from(piece, equals + 1);
    size_t at = str_find_byte(out->name, '@');
    if (at == STR_NPOS) return true;
    Str position = str_from(out->name, at + 1);
    if (position.len) out->position = (uint32_t)(position.data[0] - '0');
    out->name = str_slice(out->name, 0, at);
    return true;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

/* "md5" of `"MD5"`; of a dotted name the last part. */
static Str essence(Str value) {
    char last = value.len ? value.data[value.len - 1] : '\0';
    size_t quote = last == '"' || last == '\'' ? str_find_byte(value, last) : STR_NPOS;
    if (quote != STR_NPOS) return str_slice(value, quote + 1, value.len - 1);
    size_t dot = str_rfind_byte(value, '.');
    return dot == STR_NPOS ? value : str_from(value, dot + 1);
}

static bool equals_folded(Str a, Str b) {
    for (size_t i = 0; i < a.len && a.len == b.len; i++)
        if (lower(a.data[i]) != lower(b.data[i])) return false;
    return a.len == b.len;
}

static bool is_one_of(Str value, Str values) {
    for (Str one; str_next_piece(&values, '|', &one);)
        if (equals_folded(essence(value), one)) return true;
    return false;
}

/* Whether the call or assignment whose name ends at `end` has a value that the condition names. */
static bool has_value(Str text, size_t end, const Condition *condition) {
    if (!condition->name.len) return is_one_of(assigned_value(text, end), condition->values);
    Arguments arguments = arguments_of(text, end);
    Argument argument;
    for (uint32_t position = 0; arguments_next(&arguments, &argument); position++) {
        bool named =
            argument.name.len ? str_eq(argument.name, condition->name) : position == condition->position;
        if (named) return is_one_of(argument.value, condition->values);
    }
    return false;
}

static bool meets(Str text, size_t end, const Rule *rule) {
    Str rest = rule->condition;
    for (Condition condition; next_condition(&rest, &condition);)
        if (has_value(text, end, &condition) == condition.unless) return false;
    return true;
}

/* What a call's first argument is. */
typedef enum { FIRST_NONE, FIRST_LITERAL, FIRST_DYNAMIC } FirstArgument;

typedef struct {
    const Rule *rule;
    uint32_t start; /* of the name */
    FirstArgument first;
} RuleHit;
typedef Array(RuleHit) RuleHits;

/* --- hits --------------------------------------------------------------------------------------- */

/* Whether a name, of as many parts as the rule's, is what the rule asks for. */
static bool fits(Str name, Str wanted) {
    if (!str_ends_with(wanted, STR("*"))) return str_eq(name, wanted);
    return str_starts_with(name, str_slice(wanted, 0, wanted.len - 1)) &&
           str_rfind_byte(name, '.') == str_rfind_byte(wanted, '.');
}

static Str last_part(Str name) { return str_from(name, str_rfind_byte(name, '.') + 1); }

static bool stands_where(const Occurrence *at, RuleWhere where) {
    switch (where) {
    case RULE_DECORATOR: return at->flags & OCCURRENCE_DECORATOR;
    case RULE_BASE: return at->flags & OCCURRENCE_BASE;
    case RULE_CALL: return at->flags & OCCURRENCE_CALLEE && !(at->flags & OCCURRENCE_DECORATOR);
    case RULE_USE: return true;
    case RULE_METHOD: return at->role == ROLE_ATTRIBUTE && at->flags & OCCURRENCE_CALLEE;
    case RULE_ASSIGNED: return at->role == ROLE_ATTRIBUTE_WRITE;
    }
    return false;
}

/* `full` is what the occurrence's name resolves to, or empty. */
static const Rule *find_rule(const Page *page, const Occurrence *at, Str full, PageSection section) {
    Str name = facts_name(page->facts, at->name);
    for (uint32_t r = 0; r < rule_count; r++) {
        const Rule *rule = &rules[r];
        if (rule->section != section || !stands_where(at, rule->where)) continue;
        if (!fits(rule->where < RULE_METHOD ? full : name, rule->name)) continue;
        if (meets(page->text->text, at->start + name.len, rule)) return rule;
    }
    return NULL;
}

/* The last parts of a section's rules by their first byte: spares looking most names up. */
typedef struct {
    uint8_t first[UINT8_MAX + 1]; /* rule, from 1 on; 0: none */
    uint8_t next[sizeof rules / sizeof *rules];
} LastParts;
static_assert(sizeof rules / sizeof *rules < UINT8_MAX, "rules are counted in bytes");

static void collect_last_parts(LastParts *self, PageSection section) {
    *self = (LastParts){0};
    for (uint32_t r = 0; r < rule_count; r++) {
        if (rules[r].section != section) continue;
        uint8_t *first = &self->first[(unsigned char)last_part(rules[r].name).data[0]];
        self->next[r] = *first;
        *first = (uint8_t)(r + 1);
    }
}

static bool may_match(const LastParts *self, Str name) {
    uint8_t rule = name.len ? self->first[(unsigned char)name.data[0]] : 0;
    while (rule && !fits(name, last_part(rules[rule - 1].name))) rule = self->next[rule - 1];
    return rule;
}

/* The file's distinct names, each with whether it may match or an alias of an import hides another name
 * behind it. */
static bool *candidate_names(const Page *page, PageSection section) {
    const Facts *facts = page->facts;
    LastParts parts;
    collect_last_parts(&parts, section);
    bool *candidates = mem_calloc(facts->names.count, sizeof *candidates);
    for (uint32_t n = 0; n < facts->names.count; n++) candidates[n] = may_match(&parts, facts_name(facts, n));
    for (uint32_t n = 0; n < facts->import_names.count; n++) {
        uint32_t alias = facts->import_names.items[n].alias;
        if (alias != NONE) candidates[alias] = true;
    }
    return candidates;
}

static bool is_use(const Occurrence *at) {
    return at->role == ROLE_READ || at->role == ROLE_ATTRIBUTE || at->role == ROLE_ATTRIBUTE_WRITE;
}

/* The path that a name stands for; that of a builtin is its name. Empty when it is not known. */
static Str full_name(const Page *page, uint32_t occurrence, StrBuf *out) {
    buf_clear(out);
    if (!resolve_qualified(page->index, page->file, occurrence, out)) return STR_NONE;
    Str name = buf_str(out), builtins = STR("builtins.");
    return str_starts_with(name, builtins) ? str_from(name, builtins.len) : name;
}

static FirstArgument first_argument(Str text, size_t end) {
    Arguments arguments = arguments_of(text, end);
    Argument argument;
    if (!arguments_next(&arguments, &argument)) return FIRST_NONE;
    return is_literal_expression(argument.value) ? FIRST_LITERAL : FIRST_DYNAMIC;
}

static int compare_hits(const void *a, const void *b) {
    const RuleHit *x = a, *y = b;
    if (x->rule != y->rule) return x->rule < y->rule ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

/* By rule, then place. Appended to `out`. */
static void find_hits(const Page *page, PageSection section, RuleHits *out) {
    const Facts *facts = page->facts;
    bool *candidates = candidate_names(page, section);
    StrBuf name;
    buf_init(&name);
    for (uint32_t o = 0; o < facts->occurrences.count; o++) {
        const Occurrence *at = &facts->occurrences.items[o];
        if (!candidates[at->name] || !is_use(at)) continue;
        const Rule *rule = find_rule(page, at, full_name(page, o, &name), section);
        if (!rule) continue;
        size_t end = at->start + facts_name(facts, at->name).len;
        ARRAY_PUSH(out, ((RuleHit){rule, at->start, first_argument(page->text->text, end)}));
    }
    if (out->len) qsort(out->items, out->len, sizeof *out->items, compare_hits);
    buf_release(&name);
    mem_free(candidates);
}

static void write_condition(Page *page, const Condition *condition) {
    StrBuf code;
    Str rest = condition->values;
    bool assigned = condition->name.len == 0, first = true;
    buf_init(&code);
    writer_text(&page->out, condition->unless ? STR(" without ")
                            : assigned        ? STR(" set to ")
                                              : STR(" with "));
    for (Str value; str_next_piece(&rest, '|', &value); first = false) {
        buf_clear(&code);
        if (!first) writer_text(&page->out, STR(" or "));
        if (first && !assigned) buf_printf(&code, "%.*s=", STR_ARG(condition->name));
        buf_append(&code, value);
        writer_code(&page->out, buf_str(&code));
    }
    buf_release(&code);
}

/* "`name` with `argument=value`". */
static void write_rule(Page *page, const Rule *rule) {
    Str rest = rule->condition;
    writer_code(&page->out, rule->name);
    for (Condition condition; next_condition(&rest, &condition);) write_condition(page, &condition);
}

/* --- on the page -------------------------------------------------------------------------------- */

static const char *const first_words[] = {"", " (literal)", " (dynamic)"};

/* Whether it counts what a call's first argument is. */
static bool tells_first(const Rule *rule) {
    return rule->section == PAGE_SECTION_security && rule->where == RULE_CALL;
}

/* The places of one rule: "`f` L12 (literal), `g` L20 (dynamic)". */
static uint32_t write_places(Page *page, const RuleHits *hits, uint32_t first) {
    uint32_t end = first;
    while (end < hits->len && hits->items[end].rule == hits->items[first].rule) end++;
    for (uint32_t i = first; i < end && i < first + SHOWN_HITS; i++) {
        uint32_t start = hits->items[i].start, symbol = facts_symbol_at(page->facts, start);
        writer_text(&page->out, i == first ? STR(": ") : STR(", "));
        if (symbol) {
            page_symbol(page, (SymbolRef){page->file, symbol});
            writer_text(&page->out, STR(" "));
        }
        page_lines(page, (Range){start, start});
        if (tells_first(hits->items[i].rule))
            writer_text(&page->out, str_of(first_words[hits->items[i].first]));
    }
    if (end - first > SHOWN_HITS) {
        writer_text(&page->out, STR(", "));
        page_more_in_source(page, end - first - SHOWN_HITS);
    }
    return end;
}

uint32_t rules_write_hits(Page *page, PageSection section) {
    RuleHits hits = {0};
    find_hits(page, section, &hits);
    uint32_t count = 0;
    for (uint32_t i = 0; i < hits.len; count++) {
        const Rule *rule = hits.items[i].rule;
        writer_open(&page->out, BLOCK_ITEM);
        write_rule(page, rule);
        writer_print(&page->out, " (%s", rule->text);
        if (rule->cwe) writer_print(&page->out, ", CWE-%u", rule->cwe);
        writer_text(&page->out, STR(")"));
        i = write_places(page, &hits, i);
        writer_close(&page->out);
    }
    ARRAY_FREE(&hits);
    return count;
}

void rules_write_looked_for(Page *page, PageSection section, uint32_t found) {
    uint32_t shown = 0;
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_text(&page->out, found ? STR("Looked for uses, resolved through imports and aliases, of")
                                  : STR("No use was found, resolved through imports and aliases, of"));
    for (uint32_t r = 0; r < rule_count; r++) {
        bool repeated = r && str_eq(rules[r].name, rules[r - 1].name);
        if (rules[r].section != section || repeated) continue;
        writer_text(&page->out, shown++ ? STR(", ") : STR(" "));
        write_rule(page, &rules[r]);
    }
    writer_text(&page->out, STR("."));
    if (found && section == PAGE_SECTION_security)
        writer_text(&page->out, STR(" Behind a call stands whether its first argument is a literal."));
    writer_close(&page->out);
}

void rules_list_place(Page *page, uint32_t *count, const char *label, uint32_t symbol, uint32_t at) {
    if ((*count)++ == 0) {
        writer_open(&page->out, BLOCK_ITEM);
        markup_write(&page->out, str_of(label));
    }
    writer_text(&page->out, *count == 1 ? STR(": ") : STR(", "));
    page_symbol(page, (SymbolRef){page->file, symbol});
    writer_text(&page->out, STR(" "));
    uint32_t start = page->facts->symbols.items[at].name_start;
    page_lines(page, (Range){start, start});
}

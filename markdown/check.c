#include "markdown/check.h"

#include "markdown/card_docs.h"
#include "markdown/check_parts.h"
#include "markdown/coverage.h"

#include <stdarg.h>

enum { MOST_LOOKUPS = 400 /* of names in one file */ };

/* --- rules ------------------------------------------------------------------------------------------- */

static const RuleRow rows[RULES] = {
#define RULE(name, code, severity, same, finds) {code, same, finds, SEVERITY_##severity},
#include "markdown/doc_rules.def"
#undef RULE
};

const RuleRow *rule_row(Rule rule) { return &rows[rule]; }

static bool next_word(Str *rest, Str *word) {
    size_t start = 0, end;
    while (start < rest->len && strchr(" ,\t\n", rest->data[start])) start++;
    for (end = start; end < rest->len && !strchr(" ,\t\n", rest->data[end]);) end++;
    *word = str_slice(*rest, start, end);
    *rest = str_from(*rest, end);
    return word->len > 0;
}

static size_t letters(Str code) {
    size_t i = 0;
    while (i < code.len && code.data[i] >= 'A' && code.data[i] <= 'Z') i++;
    return i;
}

/* How closely one of ruff's codes names the rules of another: its length; 0 for "ALL", UNNAMED when it does
 * not. "D" names "D417", not "DOC102". */
enum { UNNAMED = -1 };
static int closeness(Str code, Str rules) {
    if (str_eq(code, STR("ALL"))) return 0;
    return letters(code) == letters(rules) && str_starts_with(rules, code) ? (int)code.len : UNNAMED;
}

/* As ruff has it: of the codes that name a rule the longest counts, and to ignore it before selecting it. A
 * selection of a part ("D103" of "D1") counts for all. */
static bool is_selected(Str rules, Str linted) {
    int selected = UNNAMED, ignored = UNNAMED;
    for (Str code; next_word(&linted, &code);) {
        bool ignores = code.data[0] == '-';
        code = str_from(code, ignores);
        int close = closeness(code, rules);
        bool part = !ignores && closeness(rules, code) != UNNAMED;
        if (part) close = (int)code.len;
        int *best = ignores ? &ignored : &selected;
        if (close > *best) *best = close;
    }
    return selected > ignored;
}

static bool is_linted(Rule rule, Str linted) {
    Str rest = str_of(rows[rule].same), same;
    while (next_word(&rest, &same)) {
        if (is_selected(same, linted)) return true;
    }
    return false;
}

static bool find_rules(Str word, Str linted, RuleSet *out) {
    bool all = str_eq(word, STR("all"));
    *out = 0;
    for (Rule rule = 0; rule < RULES; rule++) {
        if (all ? !is_linted(rule, linted) : str_eq(word, str_of(rows[rule].code))) *out |= RULE_BIT(rule);
    }
    return all || *out;
}

bool rules_read(Str wanted, Str linted, RuleSet *out, StrBuf *why) {
    Str word;
    for (*out = 0; next_word(&wanted, &word);) {
        bool without = word.data[0] == '-';
        RuleSet rules;
        if (!find_rules(str_from(word, without), linted, &rules)) {
            buf_printf(why, "no rule %.*s; `headword check --list` names them", STR_ARG(word));
            return false;
        }
        *out = without ? *out & ~rules : *out | rules;
    }
    return true;
}

/* --- findings ---------------------------------------------------------------------------------------- */

void findings_init(Findings *self) {
    *self = (Findings){0};
    arena_init(&self->arena);
}

void findings_release(Findings *self) {
    ARRAY_FREE(&self->items);
    arena_release(&self->arena);
}

Finding *findings_note(Findings *self, Rule rule, uint32_t symbol, Range range, const char *format, ...) {
    if (self->items.len == CHECK_MOST) return NULL;
    va_list args;
    va_start(args, format);
    StrBuf message = buf_formatted(format, args);
    va_end(args);
    Finding finding = {.rule = rule, .symbol = symbol, .range = range};
    finding.message = arena_str(&self->arena, buf_str(&message));
    ARRAY_PUSH(&self->items, finding);
    buf_release(&message);
    return &self->items.items[self->items.len - 1];
}

Range check_range(const Check *self, Str piece, uint32_t line) {
    bool inside = piece.data >= self->text.data && piece.data < self->text.data + self->text.len;
    if (!inside) piece = doc_line(&self->model.lines, line)->text;
    if (piece.data == NULL) return (Range){self->place.literal.start, self->place.literal.start};
    uint32_t start = (uint32_t)(piece.data - self->text.data);
    return (Range){start, start + (uint32_t)piece.len};
}

/* --- symbols ----------------------------------------------------------------------------------------- */

static void check_docstring(Check *self) {
    Str value = str_slice(self->text, self->place.value.start, self->place.value.end);
    docmodel_read_source(&self->model, value);
    self->function = card_signature_of(self->facts, self->symbol);
    if (self->function != NONE) check_params(self);
    if (check_wants(self, RULE_exception_not_raised)) check_raises(self);
    if (check_wants(self, RULE_dangling_reference)) check_references(self);
    docmodel_release(&self->model);
}

static void check_presence(Check *self) {
    const Symbol *symbol = &self->facts->symbols.items[self->symbol];
    if (!coverage_counts(self->index, self->file, self->symbol)) return;
    if (coverage_is_documented(self->facts, self->symbol)) return;
    Str name = symbol_name(self->facts, symbol);
    Range range = {symbol->name_start, symbol->name_start + (uint32_t)name.len};
    if (self->symbol)
        check_note(self, RULE_undocumented, range, "%.*s has no docstring.", STR_ARG(name));
    else
        check_note(self, RULE_undocumented, (Range){0, 0}, "The module has no docstring.");
}

void check_docs(const Index *index, FileId file, Str text, RuleSet rules, Findings *out) {
    const Facts *facts = index_facts(index, file);
    if (facts == NULL || facts->lines.len != text.len) return; /* of another text */
    Check self = {index, file, facts, text, rules, out, .names = {index, file, MOST_LOOKUPS}};
    for (self.symbol = 0; rules && self.symbol < facts->tree_count; self.symbol++) {
        if (check_wants(&self, RULE_undocumented)) check_presence(&self);
        if (doc_place_find(facts, self.symbol, text, &self.place)) check_docstring(&self);
    }
}

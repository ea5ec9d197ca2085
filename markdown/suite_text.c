#include "markdown/suite_text.h"

static const char *const clauses[] = {"if",   "elif",  "else",  "try",   "except", "finally",
                                      "with", "async", "while", "match", "case",   "for"};

static Str first_word(Str line) {
    size_t len = 0;
    while (len < line.len && line.data[len] >= 'a' && line.data[len] <= 'z') len++;
    return str_slice(line, 0, len);
}

static bool is_clause(Str line) {
    Str word = first_word(line);
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++)
        if (str_eq(word, str_of(clauses[i]))) return true;
    return false;
}

Str suite_head(const Facts *facts, Str text, uint32_t suite) {
    size_t end = facts->suites.items[suite].range.start;
    while (end > 0) {
        size_t start = str_rfind_byte(str_slice(text, 0, end), '\n') + 1;
        Str line = str_trim(str_slice(text, start, end));
        if (is_clause(line)) return line;
        end = start ? start - 1 : 0;
    }
    return STR_NONE;
}

Str suite_next_head(const Facts *facts, Str text, uint32_t suite) {
    Str rest = str_from(text, facts->suites.items[suite].range.end), line;
    while (str_next_line(&rest, &line)) {
        line = str_trim(line);
        if (line.len && line.data[0] != '#') return line;
    }
    return STR_NONE;
}

bool suite_is_main(const Facts *facts, Str text, uint32_t offset) {
    for (uint32_t s = facts_suite_at(facts, offset); s != NONE; s = facts->suites.items[s].parent) {
        uint32_t statement = facts->suites.items[s].statement;
        if (statement != NONE && str_starts_with(str_from(text, statement), STR("if __name__"))) return true;
    }
    return false;
}

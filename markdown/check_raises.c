#include "markdown/check_parts.h"

/* What operators, imports and the interpreter raise without a statement that says so. */
static bool comes_by_itself(Str name) {
    static const char *const names[] = {
        "Exception",     "BaseException",       "ArithmeticError", "ZeroDivisionError",
        "OverflowError", "FloatingPointError",  "AssertionError",  "AttributeError",
        "LookupError",   "IndexError",          "KeyError",        "TypeError",
        "NameError",     "UnboundLocalError",   "RecursionError",  "MemoryError",
        "ImportError",   "ModuleNotFoundError", "StopIteration",   "StopAsyncIteration",
        "GeneratorExit", "KeyboardInterrupt",   "CancelledError"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(name, str_of(names[i]))) return true;
    }
    return false;
}

/* Builtins that raise nothing of what is asked about. */
static bool is_harmless(Str name) {
    static const char *const names[] = {"isinstance", "issubclass", "len",  "repr",  "type",  "id",
                                        "hasattr",    "callable",   "list", "dict",  "tuple", "set",
                                        "enumerate",  "zip",        "bool", "range", "super"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(name, str_of(names[i]))) return true;
    }
    return false;
}

static Str occurrence_name(const Facts *facts, uint32_t occurrence) {
    return facts_name(facts, facts->occurrences.items[occurrence].name);
}

/* Whether an occurrence is what a raise statement of the function names. */
static bool is_raised(const Facts *facts, Slice raises, uint32_t occurrence) {
    for (uint32_t i = 0; i < raises.count; i++) {
        if (facts->raises.items[raises.first + i].exception == occurrence) return true;
    }
    return false;
}

/* Whether all that the function may raise can be seen in it: it calls nothing else, is no stub, and every
 * raise statement names a class. */
static bool is_plain(const Facts *facts, uint32_t function, Slice raises, uint32_t body) {
    const Symbol *symbol = &facts->symbols.items[function];
    if (symbol->decorators.count || symbol->flags & SYMBOL_YIELDS || body >= symbol->range.end) return false;
    uint32_t first = facts_first_occurrence(facts, body), o = first;
    for (; o < facts->occurrences.count && facts->occurrences.items[o].start < symbol->range.end; o++) {
        const Occurrence *it = &facts->occurrences.items[o];
        bool call = it->flags & OCCURRENCE_CALLEE;
        if (it->role == ROLE_DEFINITION) return false;
        if (call && !is_raised(facts, raises, o) && !is_harmless(occurrence_name(facts, o))) return false;
    }
    for (uint32_t i = 0; i < raises.count; i++) {
        uint32_t exception = facts->raises.items[raises.first + i].exception;
        if (exception == NONE || str_eq(occurrence_name(facts, exception), STR("NotImplementedError")))
            return false;
        char c = occurrence_name(facts, exception).data[0];
        if (c < 'A' || c > 'Z') return false;
    }
    return o > first;
}

/* Whether what is raised is, or may be below, the class of that name. */
static bool may_be(const Facts *facts, Slice raises, Str name) {
    for (uint32_t i = 0; i < raises.count; i++) {
        Str raised = occurrence_name(facts, facts->raises.items[raises.first + i].exception);
        bool builtin = comes_by_itself(raised) || str_eq(raised, STR("ValueError")) ||
                       str_eq(raised, STR("RuntimeError"));
        if (str_eq(raised, name) || !builtin) return true;
    }
    return false;
}

static void check_exception(Check *self, Slice raises, const DocItem *item) {
    Str names = item->name, name;
    uint32_t stars;
    while (doc_next_name(&names, &name, &stars)) {
        Str last = str_from(name, str_rfind_byte(name, '.') + 1);
        bool named = check_is_name(last) && last.data[0] >= 'A' && last.data[0] <= 'Z';
        if (!named || comes_by_itself(last) || may_be(self->facts, raises, last)) continue;
        check_note(self, RULE_exception_not_raised, check_range(self, name, item->line),
                   "Nothing here raises %.*s.", STR_ARG(last));
    }
}

void check_raises(Check *self) {
    const Symbol *symbol = &self->facts->symbols.items[self->symbol];
    uint32_t body = self->place.literal.end;
    if (symbol->kind != SYMBOL_FUNCTION && symbol->kind != SYMBOL_METHOD) return;
    Slice raises = facts_raises_of(self->facts, self->symbol);
    if (raises.count > CHECK_RAISES) return;
    if (!is_plain(self->facts, self->symbol, raises, body)) return;
    for (uint32_t i = 0; i < self->model.sections.len; i++) {
        const DocSection *section = &self->model.sections.items[i];
        if (section->kind != DOC_RAISES) continue;
        for (uint32_t k = 0; k < section->item_count; k++)
            check_exception(self, raises, &self->model.items.items[section->first_item + k]);
    }
}

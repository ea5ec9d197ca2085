#include "index/resolve.h"
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

/* Builtins that raise nothing of what is asked about; making an exception raises none. */
static bool is_harmless(Str name) {
    static const char *const names[] = {"isinstance", "issubclass", "len",  "repr",  "type",  "id",
                                        "hasattr",    "callable",   "list", "dict",  "tuple", "set",
                                        "enumerate",  "zip",        "bool", "range", "super"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(name, str_of(names[i]))) return true;
    }
    return str_ends_with(name, STR("Error")) || str_ends_with(name, STR("Exception"));
}

static Str occurrence_name(const Facts *facts, uint32_t occurrence) {
    return facts_name(facts, facts->occurrences.items[occurrence].name);
}

/* --- what a call runs ------------------------------------------------------------------------------------
 */

enum { MOST_BODIES = 24 /* of functions that one docstring is compared with */ };

/* The functions whose bodies a call runs, as far as each is seen whole. */
typedef struct {
    SymbolRef items[MOST_BODIES];
    uint32_t len;
} Bodies;

/* False when there are too many. */
static bool bodies_add(Bodies *self, SymbolRef ref) {
    for (uint32_t i = 0; i < self->len; i++) {
        if (self->items[i].file == ref.file && self->items[i].symbol == ref.symbol) return true;
    }
    if (self->len == MOST_BODIES) return false;
    self->items[self->len++] = ref;
    return true;
}

static bool is_function(const Symbol *symbol) {
    return symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
}

/* Takes in the one function of own code that a call means for sure. A method's name is no other symbol's, as
 * a class below could have another one. */
static bool follow(Check *self, FileId file, uint32_t occurrence, Bodies *bodies) {
    if (self->names.lookups == 0) return false;
    self->names.lookups--;
    Targets targets = {0};
    resolve_occurrence(self->index, file, occurrence, &targets);
    Target target = targets.len == 1 ? targets.items[0] : (Target){.symbol = NONE};
    ARRAY_FREE(&targets);
    if (target.symbol == NONE || target.guess || !index_is_own(self->index, target.file)) return false;
    const Facts *facts = index_facts(self->index, target.file);
    const Symbol *symbol = &facts->symbols.items[target.symbol];
    uint32_t name = index_name_id(self->index, target.file, symbol->name);
    bool alone = symbol->kind != SYMBOL_METHOD || index_name_symbols(self->index, name) == 1;
    return is_function(symbol) && alone && bodies_add(bodies, (SymbolRef){target.file, target.symbol});
}

/* Whether an occurrence is what a raise statement of the function names. */
static bool is_raised(const Facts *facts, Slice raises, uint32_t occurrence) {
    for (uint32_t i = 0; i < raises.count; i++) {
        if (facts->raises.items[raises.first + i].exception == occurrence) return true;
    }
    return false;
}

/* Whether every raise statement names a class, and none says that the function is not there yet. */
static bool names_classes(const Facts *facts, Slice raises) {
    for (uint32_t i = 0; i < raises.count; i++) {
        uint32_t exception = facts->raises.items[raises.first + i].exception;
        if (exception == NONE) return false;
        Str name = occurrence_name(facts, exception);
        if (name.data[0] < 'A' || name.data[0] > 'Z' || str_eq(name, STR("NotImplementedError")))
            return false;
    }
    return raises.count <= CHECK_RAISES;
}

/* Whether all that the function may raise can be seen in it and in the bodies that its calls run, which are
 * taken in; it is no stub. */
static bool is_plain(Check *self, SymbolRef ref, Bodies *bodies) {
    const Facts *facts = index_facts(self->index, ref.file);
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    Slice raises = facts_raises_of(facts, ref.symbol);
    bool open = symbol->decorators.count || symbol->flags & (SYMBOL_YIELDS | SYMBOL_CALLS_UNNAMED);
    bool stub = true;
    if (open || !names_classes(facts, raises)) return false;
    uint32_t o = facts_first_occurrence(facts, symbol->name_start + 1);
    for (; o < facts->occurrences.count && facts->occurrences.items[o].start < symbol->range.end; o++) {
        const Occurrence *it = &facts->occurrences.items[o];
        bool outside = facts->scopes.items[facts_scope_of(facts, o)].symbol != ref.symbol;
        if (it->role == ROLE_DEFINITION) return false;
        if (outside || it->role == ROLE_PARAM) continue; /* an annotation, a default */
        bool call = it->flags & OCCURRENCE_CALLEE && !is_raised(facts, raises, o) &&
                    !is_harmless(occurrence_name(facts, o));
        if (call && !follow(self, ref.file, o, bodies)) return false;
        stub = false;
    }
    return !stub;
}

/* False when something is run that cannot be seen. */
static bool bodies_gather(Check *self, Bodies *bodies) {
    *bodies = (Bodies){0};
    bodies_add(bodies, (SymbolRef){self->file, self->symbol});
    for (uint32_t i = 0; i < bodies->len; i++) {
        if (!is_plain(self, bodies->items[i], bodies)) return false;
    }
    return true;
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

static bool bodies_raise(const Check *self, const Bodies *bodies, Str name) {
    for (uint32_t i = 0; i < bodies->len; i++) {
        const Facts *facts = index_facts(self->index, bodies->items[i].file);
        if (may_be(facts, facts_raises_of(facts, bodies->items[i].symbol), name)) return true;
    }
    return false;
}

/* --- the rule --------------------------------------------------------------------------------------------
 */

static void check_exception(Check *self, const Bodies *bodies, const DocSection *section,
                            const DocItem *item) {
    Str names = item->name, name;
    uint32_t stars;
    while (doc_next_name(&names, &name, &stars)) {
        Str last = str_from(name, str_rfind_byte(name, '.') + 1);
        bool named = check_is_name(last) && last.data[0] >= 'A' && last.data[0] <= 'Z';
        if (!named || comes_by_itself(last) || bodies_raise(self, bodies, last)) continue;
        Finding *finding = check_note(self, RULE_exception_not_raised, check_range(self, name, item->line),
                                      "Nothing here raises %.*s.", STR_ARG(last));
        if (name.len == item->name.len) check_offer_removal(self, finding, section, item);
    }
}

void check_raises(Check *self) {
    Bodies bodies;
    bool gathered = false;
    if (!is_function(&self->facts->symbols.items[self->symbol])) return;
    for (uint32_t i = 0; i < self->model.sections.len; i++) {
        const DocSection *section = &self->model.sections.items[i];
        if (section->kind != DOC_RAISES || section->item_count == 0) continue;
        if (!gathered && !bodies_gather(self, &bodies)) return;
        gathered = true;
        for (uint32_t k = 0; k < section->item_count; k++)
            check_exception(self, &bodies, section, &self->model.items.items[section->first_item + k]);
    }
}

#include "index/expression.h"

/* The Python Language Reference, 6.3 "Primaries": an atom and what is done to it, one step behind the other.
 */
typedef struct {
    Array(uint32_t) steps; /* tokens, the last first: a name, or the bracket of a call or subscript */
    uint32_t atom;         /* its last token */
} Primary;

static Token token_at(const Cursor *self, uint32_t token) { return self->tokens.items.items[token]; }

static bool is(const Cursor *self, uint32_t token, char c) {
    Token it = token_at(self, token);
    return it.kind == TOKEN_OPERATOR && it.end == it.start + 1 && self->text.data[it.start] == c;
}

static Str text_at(const Cursor *self, uint32_t token) {
    return token_text(self->text, token_at(self, token));
}

/* The bracket that opens what `close` closes, or NONE. */
static uint32_t opener_of(const Cursor *self, uint32_t close) {
    Token last = token_at(self, close);
    char wanted = self->text.data[last.start] == ')' ? '(' : self->text.data[last.start] == ']' ? '[' : '{';
    for (uint32_t i = close; i-- > 0;) {
        if (token_at(self, i).depth == last.depth && is(self, i, wanted)) return i;
    }
    return NONE;
}

/* Whether a value ends before a bracket, so that the bracket does something to it. */
static bool is_trailer(const Cursor *self, uint32_t open) {
    static const char *const words[] = {"return", "in",     "not",   "and",   "or",
                                        "if",     "else",   "await", "is",    "yield",
                                        "lambda", "assert", "elif",  "while", "del"};
    if (open == 0) return false;
    if (is(self, open - 1, ')') || is(self, open - 1, ']')) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (token_is(self->text, token_at(self, open - 1), words[i])) return false;
    }
    uint8_t kind = token_at(self, open - 1).kind;
    return kind == TOKEN_NAME || kind == TOKEN_STRING;
}

/* Whether what stands before a parenthesised value makes it nothing else. */
static bool keeps_value(const Cursor *self, uint32_t token) {
    return is(self, token, '(') || token_is(self->text, token_at(self, token), "await") ||
           token_is(self->text, token_at(self, token), ":=") ||
           token_is(self->text, token_at(self, token), "or");
}

/* Reads the primary that ends before token `end`, backwards; false when there is none. */
static bool read_primary(const Cursor *self, uint32_t end, Primary *out) {
    bool inner = false;
    for (uint32_t at = end; at > 0;) {
        uint32_t last = at - 1;
        if (is(self, last, ')') || is(self, last, ']')) {
            uint32_t open = opener_of(self, last);
            if (open == NONE) return false;
            bool trailer = is_trailer(self, open);
            if (trailer) ARRAY_PUSH(&out->steps, open);
            inner |= !trailer;
            at = trailer ? open : last;
            if (trailer || is(self, last, ')')) continue;
        } else if (token_at(self, last).kind == TOKEN_NAME && last >= 2 && is(self, last - 1, '.')) {
            ARRAY_PUSH(&out->steps, last);
            at = last - 1;
            continue;
        }
        out->atom = last;
        bool plain =
            token_at(self, last).kind != TOKEN_OPERATOR || is(self, last, ']') || is(self, last, '}');
        return plain && (!inner || is(self, last, ']') || (last > 0 && keeps_value(self, last - 1)));
    }
    return false;
}

/* --- atoms -------------------------------------------------------------------------------------- */

/* The class of a display or literal. */
static Str class_of_atom(const Cursor *self, uint32_t atom) {
    Str text = text_at(self, atom);
    if (is(self, atom, ']')) return STR("list");
    if (is(self, atom, '}')) {
        uint32_t open = opener_of(self, atom), depth = token_at(self, atom).depth + 1u;
        bool dict = open + 1 == atom;
        for (uint32_t i = open; i < atom && open != NONE && !dict; i++)
            dict = token_at(self, i).depth == depth && is(self, i, ':');
        return dict ? STR("dict") : STR("set");
    }
    if (token_at(self, atom).kind == TOKEN_STRING)
        return text.len && (text.data[0] == 'b' || text.data[0] == 'B') ? STR("bytes") : STR("str");
    bool fraction = str_find_byte(text, '.') != STR_NPOS;
    return fraction ? STR("float") : STR("int");
}

/* What the parameter of that name of the function around is, where the facts do not know the function. */
static bool param_types(Query *self, FileId file, const Cursor *cursor, Str name, Types *out) {
    const Scope *around = &index_facts(self->index, file)->scopes.items[cursor->scope];
    for (uint32_t i = 0; i < cursor->params.len; i++) {
        HeaderParam param = cursor->params.items[i];
        if (!str_eq(param.name, name)) continue;
        if (param.type.len)
            query_annotation(self, file, cursor->scope, param.type, out);
        else if (i == 0 && around->kind == SCOPE_CLASS)
            query_push_type(out, (Type){.symbol = {file, around->symbol},
                                        .receiver = {NONE, NONE},
                                        .instance = !str_eq(name, STR("cls")),
                                        .own = true});
        return true;
    }
    return false;
}

/* What the bindings of a name before the cursor's statement give; those behind it where there is none. */
static void bound_types(Query *self, FileId file, const Cursor *cursor, Str name, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t local = scope_name(self->index, file, name), start = token_at(cursor, 0).start;
    Numbers bindings = {0};
    Targets targets = {0};
    if (local == NONE || scope_lookup(self->index, file, cursor->scope, local, &bindings) == NONE)
        query_wildcards(self, file, name, &targets);
    for (uint32_t i = bindings.len; i-- > 0 && out->len == 0;) {
        if (facts->occurrences.items[bindings.items[i]].start < start)
            query_types(self, file, bindings.items[i], out);
    }
    for (uint32_t i = 0; i < bindings.len && out->len == 0; i++)
        query_types(self, file, bindings.items[i], out);
    for (uint32_t i = 0; i < targets.len; i++) query_target_types(self, targets.items[i], NULL, out);
    ARRAY_FREE(&targets);
    ARRAY_FREE(&bindings);
}

/* What the facts know of the name at a token: they see branches and isinstance(). */
static void known_types(Query *self, FileId file, const Cursor *cursor, uint32_t token, Role role,
                        Types *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t start = token_at(cursor, token).start, occurrence = facts_occurrence_at(facts, start);
    if (occurrence == NONE) return;
    const Occurrence *at = &facts->occurrences.items[occurrence];
    if (at->start == start && at->role == (unsigned)role) query_types(self, file, occurrence, out);
}

/* The method around a scope, or NONE. */
static uint32_t method_around(const Facts *facts, uint32_t scope) {
    uint32_t symbol = facts->scopes.items[scope].symbol;
    while (symbol != 0 && facts->symbols.items[symbol].kind != SYMBOL_METHOD)
        symbol = facts->symbols.items[symbol].parent;
    return symbol ? symbol : NONE;
}

/* `super()`: what the class around inherits. */
static bool push_super(const Facts *facts, FileId file, const Cursor *cursor, const Primary *primary,
                       Types *out) {
    uint32_t method = method_around(facts, cursor->scope);
    if (!str_eq(text_at(cursor, primary->atom), STR("super")) || method == NONE || primary->steps.len == 0)
        return false;
    query_push_type(out, (Type){.symbol = {file, facts->symbols.items[method].parent},
                                .receiver = {NONE, NONE},
                                .instance = true,
                                .above = true});
    return true;
}

static void atom_types(Query *self, FileId file, const Cursor *cursor, uint32_t atom, Types *out) {
    if (token_at(cursor, atom).kind != TOKEN_NAME) {
        query_push_library(self, file, STR("builtins"), class_of_atom(cursor, atom), out);
        return;
    }
    known_types(self, file, cursor, atom, ROLE_READ, out);
    if (out->len || param_types(self, file, cursor, text_at(cursor, atom), out)) return;
    bound_types(self, file, cursor, text_at(cursor, atom), out);
}

/* --- steps -------------------------------------------------------------------------------------- */

void expression_member_types(Query *self, Type type, Str name, Types *out) {
    Targets targets = {0};
    query_member(self, type, name, &targets);
    for (uint32_t i = 0; i < targets.len; i++) query_target_types(self, targets.items[i], &type, out);
    ARRAY_FREE(&targets);
}

static void take_step(Query *self, FileId file, const Cursor *cursor, uint32_t token, Types *types) {
    Types next = {0};
    bool name = token_at(cursor, token).kind == TOKEN_NAME;
    bool above = types->len == 1 && types->items[0].above; /* of a broken tree, facts do not see super() */
    if (name && !above) known_types(self, file, cursor, token, ROLE_ATTRIBUTE, &next);
    for (uint32_t i = 0, known = next.len; i < types->len && known == 0; i++) {
        if (name)
            expression_member_types(self, types->items[i], text_at(cursor, token), &next);
        else
            query_step(self, types->items[i], is(cursor, token, '(') ? STEP_CALL : STEP_INDEX, &next);
    }
    ARRAY_FREE(types);
    *types = next;
}

void expression_types(Query *self, FileId file, const Cursor *cursor, uint32_t end, Types *out) {
    Primary primary = {0};
    Types types = {0};
    if (read_primary(cursor, end, &primary)) {
        const Facts *facts = index_facts(self->index, file);
        if (push_super(facts, file, cursor, &primary, &types))
            (void)ARRAY_POP(&primary.steps);
        else
            atom_types(self, file, cursor, primary.atom, &types);
        for (uint32_t i = primary.steps.len; i-- > 0;)
            take_step(self, file, cursor, primary.steps.items[i], &types);
    }
    for (uint32_t i = 0; i < types.len; i++) query_push_type(out, types.items[i]);
    ARRAY_FREE(&types);
    ARRAY_FREE(&primary.steps);
}

bool expression_is_foreign(Query *self, FileId file, const Cursor *cursor, uint32_t end) {
    const Facts *facts = index_facts(self->index, file);
    Primary primary = {0};
    Numbers bindings = {0};
    bool named = read_primary(cursor, end, &primary) && token_at(cursor, primary.atom).kind == TOKEN_NAME;
    uint32_t local = named ? scope_name(self->index, file, text_at(cursor, primary.atom)) : NONE;
    if (local != NONE) scope_lookup(self->index, file, cursor->scope, local, &bindings);
    bool foreign = bindings.len > 0;
    for (uint32_t i = 0; i < bindings.len; i++)
        foreign &= facts->occurrences.items[bindings.items[i]].role == ROLE_IMPORT;
    ARRAY_FREE(&bindings);
    ARRAY_FREE(&primary.steps);
    return foreign;
}

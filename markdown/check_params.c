#include "index/name.h"
#include "markdown/check_parts.h"
#include "markdown/docstring.h"

#include <stdlib.h>

/* --- names ------------------------------------------------------------------------------------------- */

bool check_is_name(Str name) {
    for (size_t i = 0; i < name.len; i++) {
        if (!doc_is_name(name.data[i])) return false;
    }
    return name.len > 0 && !(name.data[0] >= '0' && name.data[0] <= '9');
}

bool check_is_removed(const DocItem *item) {
    return str_starts_with(item->text, STR("(removed)")) || str_ends_with(item->text, STR("(removed)")) ||
           str_eq(item->type, STR("removed")) || str_ends_with(item->type, STR(", removed"));
}

bool check_takes_anything(const Facts *facts, uint32_t function) {
    Slice params = facts->symbols.items[function].params;
    if (params.count > CHECK_PARAMS) return true;
    for (uint32_t i = 0; i < params.count; i++) {
        const Param *param = &facts->params.items[params.first + i];
        Str name = facts_name(facts, param->name);
        if (param->kind == PARAM_ARGS || param->kind == PARAM_KWARGS) return true;
        if (str_eq(name, STR("args")) || str_eq(name, STR("kwargs"))) return true;
    }
    return false;
}

static bool is_static(const Facts *facts, const Symbol *function) {
    for (uint32_t i = 0; i < function->decorators.count; i++) {
        Str decorator = facts_text(facts, facts->texts.items[function->decorators.first + i]);
        if (str_eq(decorator, STR("staticmethod"))) return true;
    }
    return false;
}

bool check_wants_param(const Facts *facts, uint32_t function, uint32_t number) {
    const Symbol *symbol = &facts->symbols.items[function];
    const Param *param = &facts->params.items[symbol->params.first + number];
    Str name = facts_name(facts, param->name);
    bool receiver = number == 0 && symbol->kind == SYMBOL_METHOD && !is_static(facts, symbol);
    bool several = param->kind == PARAM_ARGS || param->kind == PARAM_KWARGS;
    return name.len && !several && !receiver && !str_starts_with(name, STR("_"));
}

bool check_has_word(Str text, Str name) {
    for (size_t from = 0, at; (at = str_find(str_from(text, from), name)) != STR_NPOS; from += at + 1) {
        size_t start = from + at, end = start + name.len;
        bool before = start > 0 && doc_is_name(text.data[start - 1]);
        if (!before && (end == text.len || !doc_is_name(text.data[end]))) return true;
    }
    return false;
}

static bool lines_have_word(const DocModel *model, uint32_t first, uint32_t end, Str name) {
    for (uint32_t i = first; i < end; i++) {
        if (check_has_word(doc_line(&model->lines, i)->text, name)) return true;
    }
    return false;
}

bool check_names_param(const DocModel *model, Str name) {
    for (uint32_t i = 0; i < model->sections.len; i++) {
        const DocSection *section = &model->sections.items[i];
        if (section->kind != DOC_PARAMETERS) continue;
        if (lines_have_word(model, section->first, section->end, name)) return true;
        for (uint32_t k = 0; k < section->item_count; k++) {
            const DocItem *item = &model->items.items[section->first_item + k];
            uint32_t end = item->end > item->line ? item->end : item->line + 1;
            if (lines_have_word(model, item->line, end, name)) return true;
        }
    }
    return false;
}

bool check_documents_params(const Facts *facts, uint32_t function, const DocModel *model) {
    for (uint32_t i = 0; i < model->sections.len; i++) {
        const DocSection *section = &model->sections.items[i];
        if (section->kind != DOC_PARAMETERS) continue;
        for (uint32_t k = 0; k < section->item_count; k++) {
            Str names = model->items.items[section->first_item + k].name, name;
            uint32_t stars;
            while (doc_next_name(&names, &name, &stars)) {
                if (docstring_find_param(facts, function, name)) return true;
            }
        }
    }
    return false;
}

/* --- defaults ---------------------------------------------------------------------------------------- */

typedef enum { LITERAL_NOT, LITERAL_NONE, LITERAL_BOOL, LITERAL_NUMBER, LITERAL_STRING } LiteralKind;

static bool is_quoted(Str text) {
    return text.len >= 2 && (text.data[0] == '"' || text.data[0] == '\'') &&
           text.data[text.len - 1] == text.data[0] &&
           str_find_byte(str_slice(text, 1, text.len - 1), text.data[0]) == STR_NPOS;
}

static bool read_number(Str text, double *out) {
    char digits[40];
    if (text.len == 0 || text.len >= sizeof digits || !strchr("0123456789.-+", text.data[0])) return false;
    memcpy(digits, text.data, text.len);
    digits[text.len] = '\0';
    char *end;
    *out = strtod(digits, &end);
    return *end == '\0' && (text.data[0] != '0' || text.len < 2 || !strchr("xX", text.data[1]));
}

static LiteralKind literal_kind(Str text) {
    double number;
    if (str_eq(text, STR("None"))) return LITERAL_NONE;
    if (str_eq(text, STR("True")) || str_eq(text, STR("False"))) return LITERAL_BOOL;
    if (is_quoted(text)) return LITERAL_STRING;
    return read_number(text, &number) ? LITERAL_NUMBER : LITERAL_NOT;
}

static bool is_same_number(Str a, Str b) {
    double one, other;
    if (!read_number(a, &one) || !read_number(b, &other)) return false;
    double scale = one < 0 ? -one : one, gap = one < other ? other - one : one - other;
    return gap <= scale * 1e-9;
}

/* Without the marks that documentation puts around and behind a value. */
static Str bare(Str text) {
    text = str_trim(text);
    while (text.len && text.data[text.len - 1] == '.' &&
           !(text.len > 1 && name_is_digit(text.data[text.len - 2])))
        text.len--;
    while (text.len && text.data[0] == '`') text = str_from(text, 1);
    while (text.len && text.data[text.len - 1] == '`') text.len--;
    return text;
}

static Str unquoted(Str text) { return is_quoted(text) ? str_slice(text, 1, text.len - 1) : text; }

/* A string that only says that no argument was given. */
static bool is_sentinel(Str text) {
    text = unquoted(text);
    return str_eq(text, STR("deprecated")) || str_eq(text, STR("warn"));
}

/* Only literals of one kind can be compared; None may stand for what is worked out later. */
static bool is_other_default(Str said, Str real) {
    LiteralKind kind = literal_kind(real), told = literal_kind(said);
    if (kind == LITERAL_NOT || kind == LITERAL_NONE || told == LITERAL_NOT || is_sentinel(real)) return false;
    if (told == LITERAL_NONE) return true;
    if (told != kind) return false;
    return kind == LITERAL_NUMBER ? !is_same_number(said, real) : !str_eq(unquoted(said), unquoted(real));
}

/* The value that a line of prose tells of: "Defaults to 3.", "(default: ``3``)"; where it goes on ("3 if …"),
 * or is put together from several, it is left alone. */
static Str told_default(Str line) {
    static const char *const phrases[] = {"efaults to ", "efault is ", "efault value is ", "efault: "};
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        size_t found = str_find(line, str_of(phrases[i]));
        if (found == STR_NPOS || found == 0 || (line.data[found - 1] | 0x20) != 'd') continue;
        Str rest = str_trim(str_from(line, found + strlen(phrases[i])));
        size_t end = 0;
        while (end < rest.len && rest.data[end] != ' ' && rest.data[end] != ')') end++;
        bool last = end > 0 && (end == rest.len || rest.data[end] == ')' || rest.data[end - 1] == '.');
        return last ? str_slice(rest, 0, end - (rest.data[end - 1] == '.')) : STR_NONE;
    }
    return STR_NONE;
}

static Str documented_default(const Check *self, const DocItem *item) {
    Str said = item->value.len ? item->value : told_default(item->text);
    if (said.len == 0) said = told_default(item->type);
    for (uint32_t i = item->first; i < item->end && said.len == 0; i++)
        said = told_default(doc_line(&self->model.lines, i)->text);
    return said;
}

static void check_default(Check *self, const DocItem *item, const Param *param) {
    Str told = documented_default(self, item), said = bare(told), name = facts_name(self->facts, param->name);
    if (said.len == 0 || !param->has_value) return;
    Str real = facts_text(self->facts, param->value);
    if (!is_other_default(said, real)) return;
    Finding *finding =
        check_note(self, RULE_wrong_default, check_range(self, told, item->line),
                   "The default of %.*s is %.*s, not %.*s.", STR_ARG(name), STR_ARG(real), STR_ARG(said));
    check_offer(self, finding, said, real);
}

/* --- types ------------------------------------------------------------------------------------------- */

enum { TYPE_BIT_NONE = 1, TYPE_UNKNOWN = 0 };

/* Types of one bit do not exclude each other: an int will do as a float, a bool as an int. */
static const struct {
    const char *name;
    uint32_t bit;
} types[] = {{"None", TYPE_BIT_NONE},
             {"int", 2},
             {"integer", 2},
             {"float", 2},
             {"complex", 2},
             {"bool", 2},
             {"boolean", 2},
             {"str", 4},
             {"string", 4},
             {"bytes", 8},
             {"list", 16},
             {"List", 16},
             {"tuple", 32},
             {"Tuple", 32},
             {"dict", 64},
             {"dictionary", 64},
             {"Dict", 64},
             {"set", 128},
             {"Set", 128}};

static uint32_t type_bit(Str word) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_eq(word, str_of(types[i].name))) return types[i].bit;
    }
    return TYPE_UNKNOWN;
}

/* Cuts the next alternative off a type: "int or str", "int | str", "int, str". */
static bool next_alternative(Str *rest, Str *piece) {
    int depth = 0;
    size_t end = 0, skip = 0;
    for (; end < rest->len && !skip; end++) {
        char c = rest->data[end];
        depth += strchr("([{", c) ? 1 : strchr(")]}", c) ? -1 : 0;
        if (depth > 0) continue;
        if (c == ',' || c == '|') skip = 1;
        if (str_starts_with(str_from(*rest, end), STR(" or "))) skip = 4;
    }
    if (rest->len == 0) return false;
    *piece = str_trim(str_slice(*rest, 0, skip ? end - 1 : end));
    *rest = skip ? str_from(*rest, end - 1 + skip) : STR_NONE;
    return true;
}

/* The bits of all alternatives; TYPE_UNKNOWN when one is not known. */
static uint32_t type_bits(Str text) {
    text = unquoted(bare(text));
    uint32_t bits = 0;
    static const char *const wrappers[] = {"Optional[", "Union["};
    for (size_t i = 0; i < 2; i++) {
        Str wrapper = str_of(wrappers[i]);
        bool whole = str_starts_with(text, wrapper) && str_find_byte(text, ']') == text.len - 1;
        if (!whole) continue;
        text = str_slice(text, wrapper.len, text.len - 1);
        bits = i == 0 ? TYPE_BIT_NONE : 0;
    }
    Str piece;
    while (next_alternative(&text, &piece)) {
        size_t bracket = str_find_byte(piece, '['), of = str_find(piece, STR(" of "));
        bool closed = bracket == STR_NPOS || str_ends_with(piece, STR("]"));
        uint32_t bit = type_bit(str_slice(piece, 0, bracket < of ? bracket : of));
        if (bit == TYPE_UNKNOWN || !closed) return TYPE_UNKNOWN;
        bits |= bit;
    }
    return bits;
}

static void check_type(Check *self, const DocItem *item, const Param *param) {
    Str real = facts_text(self->facts, param->type), name = facts_name(self->facts, param->name);
    uint32_t said = type_bits(item->type), known = type_bits(real);
    bool other = (said & ~1u) && (known & ~1u) && (said & known & ~1u) == 0;
    if (!other) return;
    Finding *finding =
        check_note(self, RULE_wrong_type, check_range(self, item->type, item->line),
                   "%.*s is annotated as %.*s, not %.*s.", STR_ARG(name), STR_ARG(real), STR_ARG(item->type));
    check_offer(self, finding, item->type, real);
}

/* --- parameters -------------------------------------------------------------------------------------- */

/* Whether the signature is not all that calls go by: overloads have others, and what a property gives may be
 * called itself. */
static bool is_called_otherwise(const Facts *facts, uint32_t function) {
    Slice decorators = facts->symbols.items[function].decorators;
    for (uint32_t i = 0; i < decorators.count; i++) {
        Str text = facts_text(facts, facts->texts.items[decorators.first + i]);
        Str last = str_from(text, str_rfind_byte(text, '.') + 1);
        if (str_eq(last, STR("overload")) || str_ends_with(last, STR("property"))) return true;
    }
    return false;
}

bool check_goes_on(const Check *self, const DocItem *item) {
    return item->line > 0 && str_ends_with(doc_line(&self->model.lines, item->line - 1)->text, STR("\\"));
}

static void check_item(Check *self, const DocItem *item) {
    if (check_goes_on(self, item)) return;
    Str names = item->name, name;
    uint32_t stars, count = 0;
    const Param *param = NULL;
    bool open = check_takes_anything(self->facts, self->function) || check_is_removed(item) ||
                str_find(names, STR("...")) != STR_NPOS;
    while (doc_next_name(&names, &name, &stars)) {
        count++;
        param = docstring_find_param(self->facts, self->function, name);
        if (param || open || !check_is_name(name) || !check_wants(self, RULE_unknown_parameter)) continue;
        check_note(self, RULE_unknown_parameter, check_range(self, name, item->line),
                   "There is no parameter %.*s.", STR_ARG(name));
    }
    if (count != 1 || param == NULL) return;
    if (check_wants(self, RULE_wrong_default)) check_default(self, item, param);
    if (check_wants(self, RULE_wrong_type)) check_type(self, item, param);
}

/* One finding for all of them. */
static void check_missing(Check *self) {
    const Facts *facts = self->facts;
    Slice params = facts->symbols.items[self->function].params;
    Range first = {0, 0};
    StrBuf names;
    buf_init(&names);
    for (uint32_t i = 0; i < params.count && i < CHECK_PARAMS; i++) {
        const Param *param = &facts->params.items[params.first + i];
        Str name = facts_name(facts, param->name);
        if (!check_wants_param(facts, self->function, i) || check_names_param(&self->model, name)) continue;
        if (names.len == 0) first = (Range){param->start, param->start + (uint32_t)name.len};
        buf_printf(&names, "%s%.*s", names.len ? ", " : "", STR_ARG(name));
    }
    if (names.len) check_note(self, RULE_missing_parameter, first, "Not documented: %s.", names.data);
    buf_release(&names);
}

void check_params(Check *self) {
    if (is_called_otherwise(self->facts, self->function)) return;
    for (uint32_t i = 0; i < self->model.sections.len; i++) {
        const DocSection *section = &self->model.sections.items[i];
        if (section->kind != DOC_PARAMETERS) continue;
        for (uint32_t k = 0; k < section->item_count; k++)
            check_item(self, &self->model.items.items[section->first_item + k]);
    }
    if (check_wants(self, RULE_missing_parameter) &&
        check_documents_params(self->facts, self->function, &self->model))
        check_missing(self);
}

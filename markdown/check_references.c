#include "markdown/check_parts.h"
#include "markdown/markup.h"

/* What a text refers to: ":func:`name`"; without a role, "`name`" and "[name]" may be anything. */
typedef struct {
    Str target, role;
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
        *out = (Reference){str_slice(text, open, open + len), role};
        if (c == '`') i = open + len; /* what brackets hold is looked through too */
        while (c == '`' && i + 1 < text.len && text.data[i + 1] == '`') i++;
        *from = i + 1;
        if (role.len == 0 || markup_is_python_role(role)) return true;
    }
    return false;
}

/* The name that a role refers to: "title <name>", "~name", ".name", "name()". */
static Str role_name(Str target) {
    size_t open = str_find_byte(target, '<');
    if (open != STR_NPOS && str_ends_with(target, STR(">")))
        target = str_slice(target, open + 1, target.len - 1);
    while (target.len && strchr("~.", target.data[0])) target = str_from(target, 1);
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

/* Whether a role is of what has to be defined somewhere: data and attributes may come from anywhere. */
static bool defines(Str role) {
    static const char *const ends[] = {"func", "function", "meth", "method", "class", "exc", "exception"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (str_ends_with(role, str_of(ends[i]))) return true;
    }
    return false;
}

static void judge(Check *self, Str name, bool dangling) {
    if (dangling)
        check_note(self, RULE_dangling_reference, check_range(self, name, 0), "%.*s is not there.",
                   STR_ARG(name));
}

/* "See Also": names alone are references. */
static void check_see_also(Check *self, const DocItem *item) {
    Str names = item->name, name;
    uint32_t stars;
    if (str_find_byte(names, '`') != STR_NPOS || check_goes_on(self, item)) return; /* told already */
    while (doc_next_name(&names, &name, &stars)) {
        if (is_dotted_name(name))
            judge(self, name, dangling_path(&self->names, name));
        else if (check_is_name(name))
            judge(self, name, dangling_word(&self->names, name));
    }
}

void check_references(Check *self) {
    Str value = str_slice(self->text, self->place.value.start, self->place.value.end);
    Reference reference;
    for (size_t from = 0; next_reference(value, &from, &reference);) {
        Str name = role_name(reference.target);
        bool role = reference.role.len > 0;
        if (is_dotted_name(name) && (role || dangling_is_path(name)))
            judge(self, name, dangling_path(&self->names, name));
        else if (check_is_name(name) && defines(reference.role))
            judge(self, name, dangling_word(&self->names, name));
    }
    for (uint32_t i = 0; i < self->model.sections.len; i++) {
        const DocSection *section = &self->model.sections.items[i];
        if (section->kind != DOC_SEE_ALSO) continue;
        for (uint32_t k = 0; k < section->item_count; k++)
            check_see_also(self, &self->model.items.items[section->first_item + k]);
    }
}

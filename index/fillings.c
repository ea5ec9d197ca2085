#include "index/fillings.h"

#include "index/resolve.h"

#include <ctype.h>

enum { MOST_STEPS = 2000 }; /* for one field */

typedef struct {
    FileId file;
    uint32_t number; /* in `fillings` */
} FillingRef;

typedef struct {
    const Index *index;
    Str name;
    uint32_t steps; /* left */
    Array(FillingRef) left;
} FieldSearch;

/* Those of an owner: the last one, which counts before the others, on top. */
static void push_owner(FieldSearch *self, FileId file, uint32_t owner) {
    const Facts *facts = index_facts(self->index, file);
    for (uint32_t i = 0; i < facts->fillings.count; i++) {
        const Filling *filling = &facts->fillings.items[i];
        bool gives = filling->owner == owner && filling->kind != FILLING_FIELD;
        if (gives) ARRAY_PUSH(&self->left, ((FillingRef){file, i}));
    }
}

static void push_named(FieldSearch *self, FileId file, Str dotted) {
    Targets targets = {0};
    resolve_dotted(self->index, file, dotted, &targets);
    if (targets.len && targets.items[0].symbol != NONE)
        push_owner(self, targets.items[0].file, targets.items[0].name.start);
    ARRAY_FREE(&targets);
}

/* --- entries in a text -------------------------------------------------------------------------- */

static size_t spaces_of(Str line) {
    size_t spaces = 0;
    while (spaces < line.len && line.data[spaces] == ' ') spaces++;
    return spaces;
}

/* The name that an entry begins with: of "input (Tensor): text", "input"; "" when it is none. */
static Str entry_name(Str line) {
    size_t end = 0;
    while (end < line.len && (isalnum((unsigned char)line.data[end]) || line.data[end] == '_')) end++;
    return str_find_byte(line, ':') == STR_NPOS ? STR("") : str_slice(line, 0, end);
}

/* The entry of a text that begins with the name, without the indentation of its first line. An entry ends
 * where one that is indented no deeper begins. */
static bool find_in_text(Str text, Str name, Str *out) {
    Str rest = text, line;
    size_t start = STR_NPOS, depth = 0;
    while (str_next_line(&rest, &line)) {
        size_t spaces = spaces_of(line), at = (size_t)(line.data - text.data);
        if (spaces == line.len) continue;
        if (start != STR_NPOS && spaces <= depth) {
            *out = str_trim_end(str_slice(text, start, at));
            return true;
        }
        if (start != STR_NPOS || !str_eq(entry_name(str_from(line, spaces)), name)) continue;
        start = at + spaces;
        depth = spaces;
    }
    if (start != STR_NPOS) *out = str_trim_end(str_from(text, start));
    return start != STR_NPOS;
}

/* --- filling ------------------------------------------------------------------------------------ */

static bool find_value(FieldSearch *self, Str *out) {
    for (; self->left.len && self->steps; self->steps--) {
        FillingRef ref = ARRAY_POP(&self->left);
        const Facts *facts = index_facts(self->index, ref.file);
        const Filling *filling = &facts->fillings.items[ref.number];
        Str text = facts_text(facts, filling->text), name = facts_text(facts, filling->name);
        bool entry = filling->kind == FILLING_ENTRY && str_eq(name, self->name);
        if (entry) *out = text;
        if (entry || (filling->kind == FILLING_TEXT && find_in_text(text, self->name, out))) return true;
        if (filling->kind == FILLING_OF) push_named(self, ref.file, name);
    }
    return false;
}

/* Lines behind the first lose as much of their indentation as those of the docstring have. */
static void append_value(Str value, size_t margin, StrBuf *out) {
    Str line;
    for (bool first = true; str_next_piece(&value, '\n', &line); first = false) {
        if (!first) buf_append_byte(out, '\n');
        size_t spaces = spaces_of(line);
        buf_append(out, first ? line : str_from(line, spaces < margin ? spaces : margin));
    }
}

/* Appends what a field stands for; false when that is not known. */
static bool append_field(const Index *index, FileId file, const Filling *field, StrBuf *out) {
    FieldSearch search = {index, facts_text(index_facts(index, file), field->name), MOST_STEPS, {0}};
    Str value = STR_NONE;
    push_owner(&search, file, field->owner);
    bool found = find_value(&search, &value);
    if (found) append_value(value, field->margin, out);
    ARRAY_FREE(&search.left);
    return found;
}

void fillings_append(const Index *index, DocRef ref, StrBuf *out) {
    const Facts *facts = index_facts(index, ref.file);
    Str text = attached_text(index, ref);
    uint32_t owner = facts->docs.items[ref.number].start;
    size_t done = 0;
    for (uint32_t i = 0; i < facts->fillings.count; i++) {
        const Filling *field = &facts->fillings.items[i];
        if (field->owner != owner || field->kind != FILLING_FIELD) continue;
        size_t around = text.data[field->at] == '%' ? strlen("%()s") : strlen("{}");
        buf_append(out, str_slice(text, done, field->at));
        bool filled = append_field(index, ref.file, field, out);
        done = filled ? field->at + around + field->name.len : field->at;
    }
    buf_append(out, str_from(text, done));
}

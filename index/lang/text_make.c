/* Makefiles (GNU make manual, "Writing Rules"): targets with what they are made from, and included files. */
#include "index/lang/text_reader.h"

/* Where the ":" of a rule stands; STR_NPOS when the line is none. Assignments have "=" in front of it or in
 * it. */
static size_t rule_colon(Str line) {
    int depth = 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.data[i];
        depth += (c == '(' || c == '{') - (c == ')' || c == '}');
        if (depth > 0) continue;
        if (c == '=' || c == '#') return STR_NPOS;
        if (c != ':') continue;
        Str rest = str_from(line, i + 1);
        while (str_starts_with(rest, STR(":"))) rest = str_from(rest, 1);
        return str_starts_with(rest, STR("=")) ? STR_NPOS : i;
    }
    return STR_NPOS;
}

static bool is_assignment(Str text) {
    size_t equals = str_find_byte(text, '=');
    return equals != STR_NPOS && equals > 0;
}

/* "target other: prerequisites ## what it does" */
static void read_rule(TextReader *reader, Comments *comments, Str line, size_t colon) {
    Str names = str_slice(line, 0, colon), needs = str_from(line, colon + 1), name;
    size_t hash = str_find_byte(needs, '#');
    Str remark = hash == STR_NPOS ? STR("") : str_from(needs, hash);
    while (str_starts_with(remark, STR("#"))) remark = str_from(remark, 1);
    needs = str_slice(needs, 0, hash);
    needs = str_slice(needs, 0, str_find_byte(needs, ';'));
    if (str_starts_with(needs, STR(":"))) needs = str_from(needs, 1);
    if (is_assignment(needs)) return; /* a variable of the target */
    if (remark.len) {
        buf_clear(&comments->text);
        buf_append(&comments->text, str_trim(remark));
    }
    bool special = str_starts_with(names, STR(".")) && str_find_byte(names, '/') == STR_NPOS;
    while (!special && str_next_piece(&names, ' ', &name)) {
        Symbol *target = reader_symbol(reader, SYMBOL_TARGET, str_trim(name), str_trim_end(line));
        reader_value(reader, target, needs);
        if (target) target->doc = builder_text(&reader->builder, buf_str(&comments->text));
    }
}

static void read_include(TextReader *reader, Str text) {
    static const char *const words[] = {"include ", "-include ", "sinclude "};
    Str path;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_starts_with(text, str_of(words[i]))) continue;
        Str paths = str_from(text, strlen(words[i]));
        while (str_next_piece(&paths, ' ', &path)) reader_mention(reader, MENTION_FILE, path);
    }
}

void read_make(TextReader *reader) {
    Comments comments;
    comments_init(&comments);
    bool goes_on = false, defining = false;
    while (reader_next(reader)) {
        Str line = reader->line, text = str_trim(line);
        bool recipe = str_starts_with(line, STR("\t")) || goes_on;
        goes_on = str_ends_with(text, STR("\\"));
        defining = defining ? !str_eq(text, STR("endef")) : str_starts_with(text, STR("define "));
        if (recipe || defining || comments_take(&comments, reader, "#")) continue;
        size_t colon = rule_colon(line);
        read_include(reader, text);
        if (colon != STR_NPOS) read_rule(reader, &comments, line, colon);
        buf_clear(&comments.text);
    }
    comments_release(&comments);
}

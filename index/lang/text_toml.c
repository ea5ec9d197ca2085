/* TOML: keys by their paths; in pyproject.toml, what scripts and entry points call. */
#include "index/lang/text_reader.h"

#include "base/path.h"
#include "index/lang/toml.h"

/* Tables whose values name functions: PyPA's "Declaring project metadata", Poetry's "scripts". */
static bool names_objects(Str key) {
    static const char *const tables[] = {"project.scripts.", "project.gui-scripts.", "project.entry-points.",
                                         "tool.poetry.scripts.", "tool.poetry.plugins."};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (str_starts_with(key, str_of(tables[i]))) return true;
    }
    return false;
}

static void take_value(void *context, Str key, const TomlValue *value, uint32_t line) {
    (void)line;
    TextReader *reader = context;
    reader_key(reader, key, value->source, value->source);
    if (value->kind != TOML_STRING || !names_objects(key)) return;
    Str text = str_slice(value->source, 1, value->source.len - 1);
    reader_mention(reader, MENTION_OBJECT, str_trim(str_slice(text, 0, str_find_byte(text, '['))));
}

static void take_error(void *context, uint32_t line) { (void)context, (void)line; }

void read_toml(TextReader *reader) {
    Comments comments;
    comments_init(&comments);
    while (reader_next(reader)) comments_take(&comments, reader, "#");
    comments_release(&comments);
    toml_read(reader->text, (TomlReader){reader, take_value, take_error});
}

/* INI as Python's configparser reads it: "section.key"; in setup.cfg, what entry points call. */
#include "index/lang/text_reader.h"

typedef struct {
    TextReader *reader;
    StrBuf path; /* of the last key, "section.key" */
    size_t section_len;
} Ini;

/* A line of a value that goes on: "name = package.module:function [extras]". */
static void read_entry_point(Ini *self, Str line) {
    size_t equals = str_find_byte(line, '=');
    if (!str_starts_with(buf_str(&self->path), STR("options.entry_points.")) || equals == STR_NPOS) return;
    Str name = str_trim(str_slice(line, 0, equals)), object = str_trim(str_from(line, equals + 1));
    object = str_trim(str_slice(object, 0, str_find_byte(object, '[')));
    size_t len = self->path.len;
    buf_append_byte(&self->path, '.');
    buf_append(&self->path, name);
    reader_key(self->reader, buf_str(&self->path), object, line);
    reader_mention(self->reader, MENTION_OBJECT, object);
    buf_truncate(&self->path, len);
}

static void read_section(Ini *self, Str line) {
    buf_clear(&self->path);
    buf_append(&self->path, str_trim(str_slice(line, 1, str_find_byte(line, ']'))));
    self->section_len = self->path.len;
}

static void read_pair(Ini *self, Str line) {
    size_t end = 0;
    while (end < line.len && line.data[end] != '=' && line.data[end] != ':') end++;
    buf_truncate(&self->path, self->section_len);
    if (self->path.len) buf_append_byte(&self->path, '.');
    buf_append(&self->path, str_trim(str_slice(line, 0, end)));
    reader_key(self->reader, buf_str(&self->path), str_from(line, end + 1), line);
}

void read_ini(TextReader *reader) {
    Ini self = {.reader = reader};
    Comments comments;
    buf_init(&self.path);
    comments_init(&comments);
    while (reader_next(reader)) {
        Str text = str_trim(reader->line);
        bool indented = text.len && text.data != reader->line.data;
        if (comments_take(&comments, reader, "#") || comments_take(&comments, reader, ";") || text.len == 0)
            continue;
        if (text.data[0] == '[')
            read_section(&self, text);
        else if (indented && self.path.len > self.section_len)
            read_entry_point(&self, text);
        else
            read_pair(&self, text);
    }
    comments_release(&comments);
    buf_release(&self.path);
}

#include "index/lang/text_reader.h"

enum { LONGEST_NAME = 200, LONGEST_VALUE = 100, LONGEST_DESCRIPTION = 2000, LONGEST_MENTION = 500 };

bool reader_next(TextReader *self) {
    if (self->next >= self->text.len) return false;
    uint32_t end = self->next;
    while (end < self->text.len && self->text.data[end] != '\n' && self->text.data[end] != '\r') end++;
    self->line = str_slice(self->text, self->next, end);
    bool pair = end + 1 < self->text.len && self->text.data[end] == '\r' && self->text.data[end + 1] == '\n';
    self->next = end + (pair ? 2 : 1);
    return true;
}

Symbol *reader_symbol(TextReader *self, TextSymbolKind kind, Str name, Str place) {
    if (name.len == 0 || name.len > LONGEST_NAME || self->builder.symbols.len >= TEXT_SYMBOLS) return NULL;
    uint32_t start = reader_offset(self, place), number = self->builder.symbols.len;
    ARRAY_PUSH(&self->builder.symbols, ((Symbol){.kind = (uint8_t)kind,
                                                 .after = number + 1,
                                                 .name = intern_id(&self->builder.spellings, name),
                                                 .name_start = start,
                                                 .range = {start, start + (uint32_t)place.len}}));
    return ARRAY_LAST(&self->builder.symbols);
}

void reader_value(TextReader *self, Symbol *symbol, Str value) {
    value = str_trim(value);
    bool more = str_ends_with(value, STR("\\")); /* it goes on in the next line */
    if (more) value = str_trim(str_slice(value, 0, value.len - 1));
    bool one_line = str_find_byte(value, '\n') == STR_NPOS && str_find_byte(value, '\r') == STR_NPOS;
    if (!symbol || !one_line || value.len > LONGEST_VALUE) return;
    symbol->value = builder_text(&self->builder, value);
    if (more) symbol->value.len += builder_text(&self->builder, STR(" …")).len;
}

void reader_key(TextReader *self, Str path, Str value, Str place) {
    if (intern_find(&self->keys, path) != INTERN_NONE) return;
    Symbol *key = reader_symbol(self, SYMBOL_KEY, path, place);
    if (key) intern_id(&self->keys, path);
    reader_value(self, key, value);
}

void reader_mention(TextReader *self, MentionKind kind, Str text) {
    if (text.len == 0 || text.len > LONGEST_MENTION) return;
    uint32_t start = reader_offset(self, text);
    ARRAY_PUSH(&self->builder.mentions,
               ((Mention){(uint8_t)kind, start, builder_text(&self->builder, text)}));
}

void reader_describe(TextReader *self, Str text) {
    Symbol *document = &self->builder.symbols.items[0];
    text = str_trim(text);
    if (document->doc.len == 0 && text.len <= LONGEST_DESCRIPTION)
        document->doc = builder_text(&self->builder, text);
}

static bool is_name_byte(char c, bool first) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
    return letter || (!first && c >= '0' && c <= '9');
}

bool reader_is_dotted_name(Str text) {
    bool first = true;
    for (size_t i = 0; i < text.len; i++) {
        bool dot = !first && text.data[i] == '.';
        if (!dot && !is_name_byte(text.data[i], first)) return false;
        first = dot;
    }
    return !first;
}

/* --- comments ----------------------------------------------------------------------------------- */

void comments_init(Comments *self) {
    *self = (Comments){0};
    buf_init(&self->text);
}

void comments_release(Comments *self) { buf_release(&self->text); }

/* What begins like a comment but says nothing of the file. */
static bool is_formal(Str comment) {
    static const char *const starts[] = {
        "!", "-*-", "vim:", "SPDX-", "Copyright", "(c)", "yaml-language-server", "syntax="};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (str_starts_with(comment, str_of(starts[i]))) return true;
    }
    return false;
}

bool comments_take(Comments *self, TextReader *reader, const char *mark) {
    Str line = str_trim(reader->line), start = str_of(mark);
    if (str_starts_with(line, start)) {
        while (str_starts_with(line, start)) line = str_from(line, start.len);
        line = str_trim(line);
        if (is_formal(line)) return true;
        if (self->text.len) buf_append_byte(&self->text, '\n');
        buf_append(&self->text, line);
        return true;
    }
    if (!self->begun && self->text.len) reader_describe(reader, buf_str(&self->text));
    self->begun |= line.len > 0;
    if (line.len == 0) buf_clear(&self->text);
    return false;
}

void comments_describe(Comments *self, TextReader *reader, Symbol *symbol) {
    if (symbol && self->text.len <= LONGEST_DESCRIPTION)
        symbol->doc = builder_text(&reader->builder, str_trim(buf_str(&self->text)));
    buf_clear(&self->text);
}

/* JSON (RFC 8259), with the comments and last commas that many programs allow: keys by their paths; what is
 * in arrays bears "[]". */
#include "index/lang/text_reader.h"

typedef struct {
    TextReader *reader;
    StrBuf path;
    Array(uint32_t) lengths; /* of the path, one per object and array around */
    Array(bool) arrays;      /* which of them are arrays */
    size_t at;
} Json;

enum { DEEPEST = 200 };

static char byte_at(const Json *self, size_t i) {
    return i < self->reader->text.len ? self->reader->text.data[i] : '\0';
}

static void skip_blanks(Json *self) {
    Str text = self->reader->text;
    while (self->at < text.len) {
        char c = text.data[self->at];
        if (c == '/' && byte_at(self, self->at + 1) == '/') {
            size_t end = str_find_byte(str_from(text, self->at), '\n');
            self->at = end == STR_NPOS ? text.len : self->at + end;
        } else if (c == '/' && byte_at(self, self->at + 1) == '*') {
            size_t end = str_find(str_from(text, self->at), STR("*/"));
            self->at = end == STR_NPOS ? text.len : self->at + end + 2;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',') {
            self->at++;
        } else {
            break;
        }
    }
}

/* The token at the place: a string with its quotes, a bracket, a colon, or a run of anything else. */
static Str next_token(Json *self) {
    skip_blanks(self);
    Str text = self->reader->text;
    size_t start = self->at;
    char c = byte_at(self, start);
    if (start == text.len) return STR("");
    if (c == '"') {
        for (self->at++; self->at < text.len && text.data[self->at] != '"'; self->at++)
            self->at += text.data[self->at] == '\\';
        self->at = self->at < text.len ? self->at + 1 : text.len;
    } else if (strchr("{}[]:", c)) {
        self->at++;
    } else {
        while (self->at < text.len && !strchr("{}[]:,\" \t\r\n", text.data[self->at])) self->at++;
    }
    return str_slice(text, start, self->at);
}

static void enter(Json *self, bool array) {
    ARRAY_PUSH(&self->lengths, (uint32_t)self->path.len);
    ARRAY_PUSH(&self->arrays, array);
    if (array) buf_append(&self->path, STR("[]"));
}

/* Behind a value: the path is that of the object or array around. */
static void back(Json *self) {
    if (self->lengths.len == 0) return;
    buf_truncate(&self->path, *ARRAY_LAST(&self->lengths));
    if (*ARRAY_LAST(&self->arrays)) buf_append(&self->path, STR("[]"));
}

static void leave(Json *self) {
    if (self->lengths.len == 0) return;
    self->lengths.len--;
    self->arrays.len--;
    back(self);
}

/* A string in front of a colon. */
static void read_key(Json *self, Str key) {
    if (self->path.len) buf_append_byte(&self->path, '.');
    buf_append(&self->path, str_slice(key, 1, key.len - 1));
    size_t at = self->at;
    Str value = next_token(self);
    bool open = value.len == 1 && (value.data[0] == '{' || value.data[0] == '[');
    reader_key(self->reader, buf_str(&self->path), open ? STR("") : value, key);
    if (open)
        self->at = at; /* is read as what it is */
    else
        back(self);
}

void read_json(TextReader *reader) {
    Json self = {.reader = reader};
    buf_init(&self.path);
    for (Str token; (token = next_token(&self)).len;) {
        char c = token.data[0];
        if (c == '{' || c == '[') {
            if (self.lengths.len == DEEPEST) break;
            enter(&self, c == '[');
        } else if (c == '}' || c == ']') {
            leave(&self);
        } else if (c == '"' && token.len > 1 && self.lengths.len && !*ARRAY_LAST(&self.arrays)) {
            skip_blanks(&self);
            if (byte_at(&self, self.at) != ':') continue;
            self.at++;
            read_key(&self, token);
        }
    }
    buf_release(&self.path);
    ARRAY_FREE(&self.lengths);
    ARRAY_FREE(&self.arrays);
}

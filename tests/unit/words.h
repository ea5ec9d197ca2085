/* Which words of a docstring a rendering lacks.
 *
 * A word is a run of letters, digits and underscores; backslashes, backticks, stars and links do not
 * part words.
 * What is markup need not appear: names of roles, directives and fields, the letters of Epytext's C{…}, and
 * the underscores around reST's references. A backslash with a blank beside markup may join words. */
#ifndef HEADWORD_TESTS_WORDS_H
#define HEADWORD_TESTS_WORDS_H

#include "base/intern.h"
#include "markdown/doc_lines.h"
#include "markdown/doc_words.h"

enum { WORDS_JOINED = '\x01' /* stands for a backslash with a blank */ };

typedef struct {
    Interner ids;
    Array(int32_t) counts; /* by id: how often the rendering has the word */
} Words;

static inline void words_append_plain(Str text, StrBuf *out) {
    for (size_t i = 0; i < text.len; i++) {
        Str rest = str_from(text, i);
        bool control = text.data[i] == '\xC2' && rest.len > 1 && (unsigned char)rest.data[1] < 0xA0;
        if (control || str_starts_with(rest, STR("\xEF\xBF\xBD"))) { /* U+FFFD stands for it in plain text */
            buf_append_byte(out, ' ');
            i += control ? 1 : 2;
            continue;
        }
        size_t end = str_find_byte(rest, ')');
        if (str_starts_with(rest, STR("](file:")) && end != STR_NPOS) /* a link that the index made */
            i += end;
        else if (text.data[i] == '\0' || !strchr("\\`*[", text.data[i]))
            buf_append_byte(out, text.data[i]);
    }
}

static inline bool words_next(Str text, size_t *i, Str *word) {
    while (*i < text.len) {
        size_t end = *i;
        bool letters = false;
        for (; end < text.len && doc_is_name(text.data[end]); end++) letters |= text.data[end] != '_';
        *word = str_slice(text, *i, end);
        *i = end == *i ? end + 1 : end;
        while (word->len && word->data[0] == '_') *word = str_from(*word, 1);
        while (word->len && word->data[word->len - 1] == '_') word->len--;
        if (letters) return true;
    }
    return false;
}

/* One past the markup that begins at `i`, or `i`. */
static inline size_t words_skip_markup(Str doc, size_t i, bool line_start) {
    char c = doc.data[i];
    Str rest = str_from(doc, i);
    if (line_start && str_starts_with(rest, STR(".. _"))) return i + 4;
    if (line_start && str_starts_with(rest, STR(".. "))) {
        Str name, argument, line = str_slice(rest, 0, str_find_byte(rest, '\n'));
        if (doc_directive(str_trim(line), &name, &argument) && line.data[3] != '|')
            return i + str_find(line, STR("::"));
    }
    Str whole = str_trim(str_slice(rest, 0, str_find_byte(rest, '\n')));
    if (line_start && c == ':' && doc_is_hidden_option(whole)) return i + whole.len;
    if (line_start && (c == ':' || c == '@')) {
        size_t end = i + 1;
        while (end < doc.len && doc_is_name(doc.data[end])) end++;
        bool ends = end < doc.len && strchr(": \n", doc.data[end]);
        const DocField *field = ends ? doc_find_field(str_slice(doc, i + 1, end)) : NULL;
        if (field && field->form == FIELD_TYPE) { /* its name stands with the parameter's own field */
            size_t stop = end;
            while (stop < doc.len && doc.data[stop] != ':' && doc.data[stop] != '\n') stop++;
            return stop;
        }
        if (field) return end;
    }
    if (c == ':') {
        size_t end = i + 1;
        while (end < doc.len && (doc_is_name(doc.data[end]) || strchr(":.+-", doc.data[end]))) end++;
        if (end > i + 1 && end < doc.len && doc.data[end] == '`' && doc.data[end - 1] == ':') return end;
    }
    bool beside = (i && strchr("`*", doc.data[i - 1])) || (i + 2 < doc.len && strchr("`*:", doc.data[i + 2]));
    if (beside && str_starts_with(rest, STR("\\ "))) return i + 2;
    bool epytext = c && strchr("CBIMLUX", c) && i + 1 < doc.len && doc.data[i + 1] == '{';
    return epytext ? i + 1 : i;
}

static inline void words_blank_markup(Str doc, StrBuf *out) {
    bool line_start = true;
    for (size_t i = 0; i < doc.len;) {
        bool inside = i && doc_is_name(doc.data[i - 1]) && doc.data[i] != '\\';
        size_t next = inside ? i : words_skip_markup(doc, i, line_start);
        if (next > i) {
            bool role = next < doc.len && doc.data[next] == '`', joined = doc.data[i] == '\\';
            if (joined || !role) buf_append_byte(out, joined ? WORDS_JOINED : ' ');
            i = next;
            line_start = false;
            continue;
        }
        line_start = doc.data[i] == '\n' || (line_start && doc_is_space(doc.data[i]));
        buf_append_byte(out, doc.data[i++]);
    }
}

static inline bool words_take(Words *self, Str word) {
    uint32_t id = intern_find(&self->ids, word);
    return id != INTERN_NONE && self->counts.items[id]-- > 0;
}

static inline bool words_has(const Words *self, Str word) {
    uint32_t id = intern_find(&self->ids, word);
    return id != INTERN_NONE && self->counts.items[id] > 0;
}

/* Takes `word` with what is joined to it, unless the parts are there by themselves; `*i` is where it ends,
 * and moves on. */
static inline bool words_take_joined(Words *self, Str text, Str word, size_t *i) {
    StrBuf whole;
    buf_init(&whole);
    buf_append(&whole, word);
    size_t end = *i;
    bool apart = words_has(self, word);
    while (end + 1 < text.len && text.data[end] == WORDS_JOINED && doc_is_name(text.data[end + 1])) {
        size_t start = ++end;
        while (end < text.len && doc_is_name(text.data[end])) end++;
        buf_append(&whole, str_slice(text, start, end));
        apart &= words_has(self, str_slice(text, start, end));
    }
    bool found = end > *i && !apart && words_take(self, buf_str(&whole));
    if (found) *i = end;
    buf_release(&whole);
    return found;
}

/* How many words of `doc` are not in `card`; the first few are appended to `lost`. */
static inline uint32_t words_lost(Str doc, Str card, StrBuf *lost) {
    Words words = {0};
    StrBuf shown, said, blanked;
    Str word;
    uint32_t missing = 0;
    intern_init(&words.ids);
    buf_init(&shown);
    buf_init(&said);
    buf_init(&blanked);
    words_append_plain(card, &shown);
    words_blank_markup(doc, &blanked);
    words_append_plain(buf_str(&blanked), &said);
    for (size_t i = 0; words_next(buf_str(&shown), &i, &word);) {
        uint32_t id = intern_id(&words.ids, word);
        if (id == words.counts.len) ARRAY_PUSH(&words.counts, 0);
        words.counts.items[id]++;
    }
    for (size_t i = 0; words_next(buf_str(&said), &i, &word);) {
        if (words_take_joined(&words, buf_str(&said), word, &i) || words_take(&words, word)) continue;
        if (missing++ < 8) buf_printf(lost, " %.*s", STR_ARG(word));
    }
    ARRAY_FREE(&words.counts);
    intern_release(&words.ids);
    buf_release(&shown);
    buf_release(&said);
    buf_release(&blanked);
    return missing;
}

#endif

/* Shell scripts (POSIX.1-2017, 2.9.5 "Function Definition Command", and `function name` of bash and zsh):
 * functions, and the files that are sourced. */
#include "index/lang/text_reader.h"

static size_t name_len(Str text) {
    size_t i = 0;
    while (i < text.len && !strchr(" \t(){};&|<>\"'$`=#", text.data[i])) i++;
    return i;
}

/* The name of the function that a line begins to define, or "". */
static Str function_name(Str text) {
    bool keyword = str_starts_with(text, STR("function "));
    if (keyword) text = str_trim(str_from(text, 9));
    Str name = str_slice(text, 0, name_len(text)), rest = str_trim(str_from(text, name.len));
    bool brackets = str_starts_with(rest, STR("()")) || str_starts_with(rest, STR("( )"));
    return brackets || (keyword && (rest.len == 0 || rest.data[0] == '{')) ? name : STR("");
}

/* The delimiter of a here-document that begins on the line, or "". */
static Str here_document(Str line) {
    size_t at = str_find(line, STR("<<"));
    if (at == STR_NPOS || str_starts_with(str_from(line, at), STR("<<<"))) return STR("");
    Str word = str_from(line, at + 2);
    if (str_starts_with(word, STR("-"))) word = str_from(word, 1);
    word = str_trim(word);
    if (word.len && strchr("\"'\\", word.data[0])) word = str_from(word, 1);
    size_t len = 0;
    while (len < word.len &&
           (word.data[len] == '_' || ((word.data[len] | 0x20) >= 'a' && (word.data[len] | 0x20) <= 'z')))
        len++;
    return str_slice(word, 0, len);
}

static void read_source(TextReader *reader, Str text) {
    size_t skip = str_starts_with(text, STR("source ")) ? 7 : str_starts_with(text, STR(". ")) ? 2 : 0;
    if (!skip) return;
    Str path = str_trim(str_from(text, skip));
    if (path.len && (path.data[0] == '"' || path.data[0] == '\'')) {
        path = str_from(path, 1);
        path = str_slice(path, 0, name_len(path) < path.len ? str_find_byte(path, '"') : path.len);
    } else {
        path = str_slice(path, 0, str_find_byte(path, ' '));
    }
    reader_mention(reader, MENTION_FILE, path);
}

void read_shell(TextReader *reader) {
    Comments comments;
    comments_init(&comments);
    Str delimiter = STR("");
    while (reader_next(reader)) {
        Str text = str_trim(reader->line);
        if (delimiter.len) {
            if (str_eq(text, delimiter)) delimiter = STR("");
            continue;
        }
        if (comments_take(&comments, reader, "#")) continue;
        Str name = function_name(text);
        if (name.len)
            comments_describe(&comments, reader, reader_symbol(reader, SYMBOL_ROUTINE, name, text));
        else if (text.len)
            buf_clear(&comments.text);
        read_source(reader, text);
        delimiter = here_document(text);
    }
    comments_release(&comments);
}

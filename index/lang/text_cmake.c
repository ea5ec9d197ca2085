/* CMake (cmake-language(7)): functions and macros, targets, options, included files, packages. */
#include "index/lang/text_reader.h"

typedef enum {
    COMMAND_ROUTINE,
    COMMAND_TARGET,
    COMMAND_OPTION,
    COMMAND_FILE,
    COMMAND_FOLDER,
    COMMAND_PACKAGE
} CommandKind;

static const struct {
    const char *name;
    CommandKind kind;
} commands[] = {
    {"function", COMMAND_ROUTINE},
    {"macro", COMMAND_ROUTINE},
    {"add_executable", COMMAND_TARGET},
    {"add_library", COMMAND_TARGET},
    {"add_custom_target", COMMAND_TARGET},
    {"add_test", COMMAND_TARGET},
    {"option", COMMAND_OPTION},
    {"include", COMMAND_FILE},
    {"add_subdirectory", COMMAND_FOLDER},
    {"find_package", COMMAND_PACKAGE},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static int find_command(Str name) {
    for (int c = 0; c < COMMANDS; c++) {
        Str other = str_of(commands[c].name);
        bool same = name.len == other.len;
        for (size_t i = 0; same && i < name.len; i++) same = (name.data[i] | 0x20) == (other.data[i] | 0x20);
        if (same) return c;
    }
    return -1;
}

/* The first argument behind a "(": a word, or what stands in quotes. */
static Str first_argument(Str rest) {
    rest = str_trim(rest);
    if (str_starts_with(rest, STR("\"")))
        return str_slice(rest, 1, 1 + str_find_byte(str_from(rest, 1), '"'));
    size_t len = 0;
    while (len < rest.len && !strchr(" \t\r\n()#", rest.data[len])) len++;
    return str_slice(rest, 0, len);
}

static void add_symbol(TextReader *reader, Comments *comments, int command, Str name, Str place) {
    CommandKind kind = commands[command].kind;
    TextSymbolKind of = kind == COMMAND_ROUTINE  ? SYMBOL_ROUTINE
                        : kind == COMMAND_TARGET ? SYMBOL_TARGET
                                                 : SYMBOL_KEY;
    Symbol *symbol = reader_symbol(reader, of, name, place);
    reader_value(reader, symbol, str_of(commands[command].name));
    comments_describe(comments, reader, symbol);
}

static void read_command(TextReader *reader, Comments *comments, Str text) {
    size_t open = str_find_byte(text, '(');
    int command = open == STR_NPOS ? -1 : find_command(str_trim(str_slice(text, 0, open)));
    if (command < 0) return;
    uint32_t behind = reader_offset(reader, text) + (uint32_t)open + 1; /* it may stand on a further line */
    Str argument = first_argument(str_slice(reader->text, behind, behind + 1000));
    switch (commands[command].kind) {
    case COMMAND_FILE:
    case COMMAND_FOLDER:
        if (str_find_byte(argument, '/') != STR_NPOS || str_find_byte(argument, '.') != STR_NPOS ||
            commands[command].kind == COMMAND_FOLDER)
            reader_mention(reader, MENTION_FILE, argument);
        break;
    case COMMAND_PACKAGE: reader_mention(reader, MENTION_OUTSIDE, argument); break;
    default: add_symbol(reader, comments, command, argument, text);
    }
}

void read_cmake(TextReader *reader) {
    Comments comments;
    comments_init(&comments);
    bool in_bracket = false;
    while (reader_next(reader)) {
        Str text = str_trim(reader->line);
        if (in_bracket || str_starts_with(text, STR("#[["))) {
            in_bracket = str_find(text, STR("]]")) == STR_NPOS;
            continue;
        }
        if (comments_take(&comments, reader, "#")) continue;
        read_command(reader, &comments, text);
        if (text.len) buf_clear(&comments.text);
    }
    comments_release(&comments);
}

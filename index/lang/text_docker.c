/* Dockerfiles: stages and instructions. Source: the Dockerfile reference of Docker's documentation. */
#include "index/lang/text_reader.h"

static bool is_instruction(Str word) {
    static const char *const words[] = {"ADD",    "ARG",         "CMD",   "COPY",       "ENTRYPOINT", "ENV",
                                        "EXPOSE", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD",    "RUN",
                                        "SHELL",  "STOPSIGNAL",  "USER",  "VOLUME",     "WORKDIR"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_eq(word, str_of(words[i]))) return true;
    }
    return false;
}

/* "FROM --platform=x image AS name": the stage is called by its name, else by its image. */
static Symbol *read_from(TextReader *reader, Str text) {
    Str image = STR(""), name = STR(""), piece;
    for (bool as = false; str_next_piece(&text, ' ', &piece);) {
        if (piece.len == 0 || str_starts_with(piece, STR("--"))) continue;
        if (image.len == 0)
            image = piece;
        else if (as)
            name = piece;
        as = str_eq(piece, STR("AS")) || str_eq(piece, STR("as"));
    }
    if (image.len == 0) return NULL;
    Symbol *stage = reader_symbol(reader, SYMBOL_TARGET, name.len ? name : image, str_trim(reader->line));
    reader_value(reader, stage, image);
    return stage;
}

/* Whether an earlier stage has that name: then it is no image from outside. */
static bool is_stage(const TextReader *reader, Str name, const Symbol *but) {
    for (uint32_t s = 1; s < reader->builder.symbols.len; s++) {
        const Symbol *symbol = &reader->builder.symbols.items[s];
        if (symbol != but && symbol->kind == SYMBOL_TARGET &&
            str_eq(intern_str(&reader->builder.spellings, symbol->name), name))
            return true;
    }
    return false;
}

static void read_instruction(TextReader *reader, Comments *comments, Str text) {
    size_t len = str_find_byte(text, ' ');
    Str word = str_slice(text, 0, len), rest = str_trim(len == STR_NPOS ? STR("") : str_from(text, len));
    if (str_eq(word, STR("FROM")) || str_eq(word, STR("from"))) {
        Symbol *stage = read_from(reader, rest);
        comments_describe(comments, reader, stage);
        Str image = rest;
        while (str_starts_with(image, STR("--"))) {
            size_t blank = str_find_byte(image, ' ');
            image = str_trim(blank == STR_NPOS ? STR("") : str_from(image, blank));
        }
        image = str_slice(image, 0, str_find_byte(image, ' '));
        if (!is_stage(reader, image, stage)) reader_mention(reader, MENTION_OUTSIDE, image);
    } else if (is_instruction(word)) {
        Symbol *instruction = reader_symbol(reader, SYMBOL_INSTRUCTION, word, text);
        reader_value(reader, instruction, rest);
        comments_describe(comments, reader, instruction);
    }
}

void read_docker(TextReader *reader) {
    Comments comments;
    comments_init(&comments);
    bool goes_on = false;
    while (reader_next(reader)) {
        Str text = str_trim(reader->line);
        if (comments_take(&comments, reader, "#")) continue;
        if (!goes_on) read_instruction(reader, &comments, text);
        goes_on = str_ends_with(text, STR("\\"));
    }
    comments_release(&comments);
}

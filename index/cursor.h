/* Where someone is typing: what kind of thing may stand there, read off the text before it and the facts
 * around it. Half-typed code is the normal case. */
#ifndef HEADWORD_INDEX_CURSOR_H
#define HEADWORD_INDEX_CURSOR_H

#include "index/facts.h"
#include "index/header.h"

typedef enum {
    CURSOR_NOTHING, /* in a string or comment, or where a new name is made up */
    CURSOR_NAME,
    CURSOR_MEMBER,   /* behind a dot */
    CURSOR_MODULE,   /* in the path of an import */
    CURSOR_IMPORTED, /* behind `from … import` */
    CURSOR_OUTER,    /* behind `global` or `nonlocal`, which begins the statement */
    CURSOR_METHOD,   /* what a def in a class body is called */
} CursorKind;

/* What a name may be, as bits. */
enum {
    PLACE_STATEMENT = 1, /* the first word of a statement */
    PLACE_OPERAND = 2,
    PLACE_OPERATOR = 4, /* behind an operand */
    PLACE_PATH = 8,     /* behind the path of `from path import` */
};

typedef enum { WISH_ANY, WISH_CLASS, WISH_EXCEPTION } CursorWish;

typedef struct {
    CursorKind kind;
    CursorWish wish; /* what is likely meant */
    uint32_t place;  /* of a CURSOR_NAME: one PLACE_… */
    Str text;        /* borrowed */
    Tokens tokens;   /* of the statement; the word itself does not count as before it */
    uint32_t offset;
    Range word;          /* the identifier around the offset, perhaps empty */
    bool in_type;        /* in a string that stands for a type: the tokens are the string's */
    bool in_bases;       /* among the bases of a class */
    uint32_t scope;      /* in which names are looked up */
    HeaderParams params; /* of the function around, where the facts do not know it; `scope` is then what is
                            around that */
    uint32_t level;      /* of an import: leading dots */
    StrBuf path;         /* of an import: the dotted name before the word */
} Cursor;

/* `text` is what `facts` were made from. An offset past its end means its end. */
void cursor_read(Cursor *self, const Facts *facts, Str text, uint32_t offset);
void cursor_release(Cursor *self);

/* What has been typed of the word. */
static inline Str cursor_typed(const Cursor *self) {
    return str_slice(self->text, self->word.start, self->offset);
}

/* The innermost bracket that is open before a token, or NONE. */
uint32_t cursor_bracket(const Cursor *self, uint32_t token);

/* Whether a bracket begins the arguments of a call. */
bool cursor_is_call(const Cursor *self, uint32_t bracket);

/* A call as far as it is typed. */
typedef struct {
    uint32_t bracket;  /* the token that opens it; the callee ends before it */
    uint32_t position; /* of the argument at the cursor, among those by position */
    Str keyword;       /* of the argument at the cursor; empty: it is given by position */
    Array(Str) given;  /* keywords of all arguments of the line, but that at the cursor */
} Call;

/* The call whose arguments begin at a bracket. The caller releases it. */
void cursor_read_call(const Cursor *self, uint32_t bracket, Call *out);
static inline void call_release(Call *self) { ARRAY_FREE(&self->given); }

#endif

/* The geometry of a text: where its lines start, and how byte offsets turn into lines and columns.
 *
 * Everything inside Headword counts byte offsets into the UTF-8 text; lines and columns exist only for those
 * who ask, in the encoding they ask for. `Lines` answers without the text itself: it keeps the line starts
 * and the few places that are not ASCII, so positions in files that are not open cost no disk access.
 *
 * A line ends with "\n", "\r\n" or a lone "\r", as in the Language Server Protocol and in Python; a form feed
 * or U+2028 does not end one. Positions are 0-based. What lies out of range is clamped, never refused. */
#ifndef HEADWORD_INDEX_TEXT_H
#define HEADWORD_INDEX_TEXT_H

#include "base/arena.h"
#include "base/array.h"
#include "base/str.h"

/* Byte offsets [start, end) into a text. */
typedef struct {
    uint32_t start, end;
} Range;

typedef Array(Range) Ranges;

/* What a column counts (LSP PositionEncodingKind). ENCODING_UTF32 counts code points. */
typedef enum { ENCODING_UTF8, ENCODING_UTF16, ENCODING_UTF32 } Encoding;

typedef struct {
    uint32_t line, column;
} Position;

/* A character that is not one byte: its offset, and how many bytes it takes (2-4). */
typedef struct {
    uint32_t at : 29;
    uint32_t bytes : 3;
} WideChar;

typedef struct {
    const uint32_t *starts; /* count offsets, starts[0] == 0 */
    uint32_t count;         /* at least 1: the text after the last line end is a line too */
    const WideChar *wide;   /* by offset */
    uint32_t wide_count;
    uint32_t len; /* bytes of the text, at most TEXT_LARGEST */
} Lines;

/* Texts are at most this long; longer files are skipped with a reason. */
#define TEXT_LARGEST ((1u << 29) - 1)

/* Reads well-formed UTF-8; the arrays live in the arena. */
Lines lines_build(Arena *arena, Str text);

/* The position of a byte offset. An offset inside a character counts as that character's start. */
Position lines_position(const Lines *self, uint32_t offset, Encoding encoding);

/* A line, and the number of the first wide character from its start on. {0} is the first line. */
typedef struct {
    uint32_t line, wide;
} LinesPlace;

LinesPlace lines_place(const Lines *self, uint32_t offset);

/* The position for one who asks for many near each other: looks around `*place` first, and leaves the place
 * of this one there. */
Position lines_position_near(const Lines *self, uint32_t offset, Encoding encoding, LinesPlace *place);

/* The offset of a position; a column past the end of its line gives the end of the line (before its line end
 * is not known here, so callers that hold the text pass it; NULL data: the start of the next line at most).
 */
uint32_t lines_offset(const Lines *self, Str text, Position position, Encoding encoding);

/* The line that holds an offset. */
uint32_t lines_line(const Lines *self, uint32_t offset);

/* The bytes of a line without its line end. */
Str lines_text(const Lines *self, Str text, uint32_t line);

#endif

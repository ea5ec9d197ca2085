/* Framing of the base protocol (LSP "Header Part"): `Content-Length: N`, a blank line, N bytes.
 *
 * The decoder takes bytes as they come, in pieces of any size, and yields one body at a time. It never gives
 * up: what is not a header is reported once and skipped up to the next `Content-Length` header. Header names
 * are read without regard to case; headers other than Content-Length are ignored. No JSON here. */
#ifndef HEADWORD_PROTOCOL_FRAME_H
#define HEADWORD_PROTOCOL_FRAME_H

#include "base/str.h"

/* Longer bodies are refused: 256 MB. */
#define FRAME_LARGEST ((size_t)256 << 20)

typedef enum {
    FRAME_NONE,  /* more bytes are needed */
    FRAME_BODY,  /* a whole body */
    FRAME_ERROR, /* a broken frame was skipped; the message says what was wrong */
} FrameResult;

typedef struct {
    StrBuf bytes; /* received; [0, at) is used up */
    size_t at;
    size_t body; /* where the body last returned starts */
    bool lost;   /* looking for the next header */
} FrameDecoder;

void frame_decoder_init(FrameDecoder *self);
void frame_decoder_release(FrameDecoder *self);

/* Takes in the next bytes of the stream. */
void frame_decoder_feed(FrameDecoder *self, Str bytes);

/* The next body, or the message of an error, in *out: borrowed until the decoder is next fed. */
FrameResult frame_decoder_next(FrameDecoder *self, Str *out);

/* Says that the body last returned was not a message: should its length have been wrong, the decoder goes on
 * at the first header inside or behind it. Call before frame_decoder_next. */
void frame_decoder_reject(FrameDecoder *self);

/* Appends the header of a body of `length` bytes. */
void frame_append_header(StrBuf *out, size_t length);

#endif

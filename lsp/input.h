/* The reading half of the connection: a thread that turns the client's bytes into messages.
 *
 * The thread reads as long as there is something to read, whatever the server is doing, so a client can
 * write. Messages wait, in order, until the loop's thread takes them. When those that wait take more than
 * INPUT_MOST bytes, which is far more than clients send ahead, the thread rests until they are taken. */
#ifndef HEADWORD_LSP_INPUT_H
#define HEADWORD_LSP_INPUT_H

#include "base/array.h"
#include "protocol/rpc.h"

#include <uv.h>

enum { INPUT_MOST = 16 << 20 };

typedef struct Input Input;
typedef Array(RpcMessage) RpcMessages;

/* Starts to read `fd`. `arrived` is called on the loop's thread when there is something to take. */
Input *input_new(uv_loop_t *loop, int fd, bool sandboxed, void (*arrived)(void *context), void *context);

/* Moves the messages that have arrived to the end of `out`. */
void input_take(Input *self, RpcMessages *out);

/* Whether the stream is at its end and everything was taken. */
bool input_is_finished(Input *self);

/* Whether the client sends no more. Any thread. */
bool input_has_ended(Input *self);

/* Stops the thread and closes the loop's handle; once the loop has run out, input_free. */
void input_stop(Input *self);
void input_free(Input *self);

#endif

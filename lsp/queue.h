/* Messages that wait for their turn.
 *
 * Order is kept. On the way in, a didChange right behind another of the same document joins it, and
 * $/cancelRequest marks the request it names, so that a cancelled request that has not started costs nothing;
 * when that has left the queue already, it is a message as any other.
 */
#ifndef HEADWORD_LSP_QUEUE_H
#define HEADWORD_LSP_QUEUE_H

#include "base/array.h"
#include "protocol/rpc.h"

typedef struct {
    RpcMessage message;
    bool cancelled; /* a request whose client does not want the answer any more */
} QueuedMessage;

typedef struct {
    Array(QueuedMessage) items;
    uint32_t head; /* items before it are gone */
    size_t size;   /* of the messages that wait */
} Queue;

void queue_release(Queue *self);

/* Takes the message over. */
void queue_push(Queue *self, RpcMessage message);

/* Hands the oldest message over; false when there is none. */
bool queue_pop(Queue *self, QueuedMessage *out);

#endif

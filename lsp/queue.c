#include "lsp/queue.h"

#include "protocol/lsp_types.h"

void queue_release(Queue *self) {
    for (uint32_t i = self->head; i < self->items.len; i++)
        rpc_message_release(&self->items.items[i].message);
    ARRAY_FREE(&self->items);
    self->head = 0;
    self->size = 0;
}

/* False when the request is not there. */
static bool cancel(Queue *self, const json_t *id) {
    for (uint32_t i = self->items.len; i > self->head; i--) {
        QueuedMessage *item = &self->items.items[i - 1];
        if (item->message.kind != RPC_REQUEST || item->cancelled || !json_equal(item->message.id, id))
            continue;
        item->cancelled = true;
        return true;
    }
    return false;
}

static bool is_notification(const RpcMessage *message, Str method) {
    return message->kind == RPC_NOTIFICATION && str_eq(message->method, method);
}

/* Moves the changes of `next` behind those of `last`; false when they do not belong together. */
static bool join_changes(RpcMessage *last, const RpcMessage *next) {
    const Str method = STR("textDocument/didChange");
    if (!is_notification(last, method) || !is_notification(next, method)) return false;
    Str uri = json_find_str(next->params, "textDocument.uri");
    json_t *changes = json_find_array(last->params, "contentChanges");
    json_t *more = json_find_array(next->params, "contentChanges");
    json_t *version = json_find(next->params, "textDocument.version");
    if (uri.len == 0 || !str_eq(uri, json_find_str(last->params, "textDocument.uri")) || !changes || !more)
        return false;
    json_array_extend(changes, more);
    if (version) json_object_set(json_find_object(last->params, "textDocument"), "version", version);
    return true;
}

static void drop_used(Queue *self) {
    if (self->head == 0 || self->head < self->items.len / 2) return;
    self->items.len -= self->head;
    memmove(self->items.items, self->items.items + self->head, self->items.len * sizeof *self->items.items);
    self->head = 0;
}

/* Whether the message has done its work by being pushed. */
static bool is_absorbed(Queue *self, RpcMessage *message) {
    if (is_notification(message, STR("$/cancelRequest")) && cancel(self, json_find(message->params, "id")))
        return true;
    bool joined = self->items.len > self->head && join_changes(&ARRAY_LAST(&self->items)->message, message);
    if (joined) {
        ARRAY_LAST(&self->items)->message.size += message->size;
        self->size += message->size;
    }
    return joined;
}

void queue_push(Queue *self, RpcMessage message) {
    drop_used(self);
    if (is_absorbed(self, &message)) {
        rpc_message_release(&message);
        return;
    }
    ARRAY_PUSH(&self->items, (QueuedMessage){.message = message});
    self->size += message.size;
}

bool queue_pop(Queue *self, QueuedMessage *out) {
    if (self->head == self->items.len) return false;
    *out = self->items.items[self->head++];
    self->size -= out->message.size;
    return true;
}

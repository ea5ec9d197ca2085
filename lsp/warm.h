/* Sessions that start from a cache, and leave one for the next.
 *
 * When a root is added, what its cache holds is held against the disk and counts at once. When the client
 * rests, caches that have become old are written, in slices between messages; from then on the index lies in
 * them, and the memory it took is free. */
#ifndef HEADWORD_LSP_WARM_H
#define HEADWORD_LSP_WARM_H

#include "lsp/server.h"

/* Takes what the cache holds of a root; whether that is all but for new files. */
bool warm_open(Server *server, Str root);

/* The client pauses: gives memory back that caches take, and what was freed. */
void warm_rest(Server *server);

/* The client may be resting, and whatever was at work may have ended: sees to it that caches are written. */
void warm_save(Server *server);

/* Goes on writing. */
void warm_write(Server *server);

/* The session ends: writes what has to be written. */
void warm_finish(Server *server);

/* Builds the index anew when a cache turned out to be damaged. */
void warm_recover(Server *server);

/* Frees the index, and the caches it lies in. */
void warm_release(Workspace *self);

#endif

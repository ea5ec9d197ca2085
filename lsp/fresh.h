/* Files that are newer than the cache that a server started from.
 *
 * Nobody looked for them before the first sweep has: until then, the files that a question asks for in vain
 * are looked for on the disk, each once, and the question is asked again when some were there. */
#ifndef HEADWORD_LSP_FRESH_H
#define HEADWORD_LSP_FRESH_H

#include "base/intern.h"
#include "index/disk/walk.h"
#include "index/index.h"

typedef struct Server Server;

typedef struct {
    bool wanted;    /* there may be such files */
    Interner asked; /* paths that were looked for */
    Paths found;
    IndexListener listener;
} Fresh;

void fresh_init(Fresh *self);
void fresh_release(Fresh *self);

/* From now on there may be new files; there are none any more. */
void fresh_begin(Server *server);
void fresh_end(Server *server);

/* Whether it is of any use to listen to what the index is asked for. */
bool fresh_is_wanted(const Server *server);
/* Listens, if that is of any use. */
void fresh_listen(Server *server);
/* Listens no more, and reads what was found. Whether there was something. */
bool fresh_read(Server *server);

#endif

/* The event loop of libuv. */
#ifndef HEADWORD_INDEX_DISK_LOOP_H
#define HEADWORD_INDEX_DISK_LOOP_H

#include <uv.h>

/* Initialises a loop; the caller closes it. Without memory or descriptors for one the process ends with a
 * message. */
void loop_init(uv_loop_t *loop);

#endif

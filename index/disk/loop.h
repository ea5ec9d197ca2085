/* The event loop of libuv. */
#ifndef HEADWORD_INDEX_DISK_LOOP_H
#define HEADWORD_INDEX_DISK_LOOP_H

#include <uv.h>

/* Initialises a loop; the caller closes it. Without memory or descriptors for one the process ends with a
 * message. */
void loop_init(uv_loop_t *loop);

/* Gives the threads that do queued work a lower priority than the caller's, where threads have one each: who
 * waits for the loop does not wait for them. Only before the first work is queued. */
void loop_lower_workers(void);

#endif

#include "index/disk/loop.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <sys/resource.h>

void loop_init(uv_loop_t *loop) {
    int status = uv_loop_init(loop);
    if (status == UV_ENOMEM) mem_checked(NULL, sizeof *loop);
    if (status == 0) return;
    log_line(LOG_ERROR, "no event loop: %s", uv_strerror(status));
    exit(2);
}

#ifdef __linux__

enum { LOW_PRIORITY = 10 /* nice value */ };

static void do_nothing(uv_work_t *work) { (void)work; }

/* Threads inherit the priority of the one that makes them; the first work has libuv make its own. */
static void make_workers(void *context) {
    (void)context;
    uv_loop_t loop;
    uv_work_t work;
    setpriority(PRIO_PROCESS, 0, LOW_PRIORITY); /* of this thread */
    loop_init(&loop);
    uv_queue_work(&loop, &work, do_nothing, NULL);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
}

void loop_lower_workers(void) {
    uv_thread_t thread;
    if (uv_thread_create(&thread, make_workers, NULL) == 0) uv_thread_join(&thread);
}

#else

void loop_lower_workers(void) {} /* it would be the priority of the whole process */

#endif

#include "index/disk/loop.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>

void loop_init(uv_loop_t *loop) {
    int status = uv_loop_init(loop);
    if (status == UV_ENOMEM) mem_checked(NULL, sizeof *loop);
    if (status == 0) return;
    log_line(LOG_ERROR, "no event loop: %s", uv_strerror(status));
    exit(2);
}

#include "base/log.h"

#include "base/str.h"

#include <stdio.h>

static FILE *sink; /* NULL: stderr */
static LogLevel most = LOG_WARNING;

void log_set_level(LogLevel level) { most = level; }

bool log_open(const char *path) {
    FILE *file = path ? fopen(path, "a") : NULL;
    if (path && file == NULL) return false;
    if (sink) fclose(sink);
    sink = file;
    return true;
}

void log_line(LogLevel level, const char *format, ...) {
    static const char *const names[] = {"error", "warning", "info", "debug"};
    if (level > most) return;
    StrBuf line;
    buf_init(&line);
    buf_printf(&line, "headword: %s: ", names[level]);
    va_list args;
    va_start(args, format);
    buf_vprintf(&line, format, args);
    va_end(args);
    buf_append_byte(&line, '\n');
    FILE *out = sink ? sink : stderr;
    fwrite(line.data, 1, line.len, out); /* one call, so that lines of several threads do not mix */
    fflush(out);
    buf_release(&line);
}

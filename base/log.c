#include "base/log.h"

#include "base/str.h"

#include <stdatomic.h>
#include <stdio.h>
#include <xxhash.h>

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

static void write_line(LogLevel level, Str text) {
    static const char *const names[] = {"error", "warning", "info", "debug"};
    StrBuf line;
    buf_init(&line);
    buf_printf(&line, "headword: %s: ", names[level]);
    buf_append_visible(&line, text);
    for (size_t i = 0; i < line.len; i++) {
        if ((unsigned char)line.data[i] < ' ') line.data[i] = '?'; /* line ends and tabs */
    }
    buf_append_byte(&line, '\n');
    FILE *out = sink ? sink : stderr;
    fwrite(line.data, 1, line.len, out); /* one call, so that lines of several threads do not mix */
    fflush(out);
    buf_release(&line);
}

void log_line(LogLevel level, const char *format, ...) {
    if (level > most) return;
    va_list args;
    va_start(args, format);
    StrBuf text = buf_formatted(format, args);
    va_end(args);
    write_line(level, buf_str(&text));
    buf_release(&text);
}

/* Notes a line; false when it is there already, or there are enough. */
static bool note_line(Str text) {
    static atomic_uint_least64_t noted[LOG_MOST_ONCE + 1]; /* hashes; 0: free. The last one is of no line */
    uint64_t hash = XXH3_64bits(text.data, text.len) | 1;
    for (uint32_t i = 0; i < LOG_MOST_ONCE; i++) {
        uint64_t before = 0;
        if (atomic_compare_exchange_strong(&noted[i], &before, hash)) return true;
        if (before == hash) return false;
    }
    if (atomic_exchange(&noted[LOG_MOST_ONCE], 1) == 0)
        write_line(LOG_WARNING, STR("there are more such files"));
    return false;
}

void log_once(LogLevel level, const char *format, ...) {
    if (level > most) return;
    va_list args;
    va_start(args, format);
    StrBuf text = buf_formatted(format, args);
    va_end(args);
    if (note_line(buf_str(&text))) write_line(level, buf_str(&text));
    buf_release(&text);
}

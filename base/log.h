/* The log: lines on stderr or in a file, never on stdout (which belongs to the protocol).
 *
 * One line per call: "headword: warning: …"; control characters become "?". Safe from any thread. */
#ifndef HEADWORD_BASE_LOG_H
#define HEADWORD_BASE_LOG_H

#include <stdbool.h>

typedef enum { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG } LogLevel;

/* Levels above `level` are dropped; the default is LOG_WARNING. */
void log_set_level(LogLevel level);

/* Sends the log to a file (appending) instead of stderr; false when it cannot be opened. NULL: back to
 * stderr. */
bool log_open(const char *path);

void log_line(LogLevel level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for what would be said again and again, of many files: drops a line that was written before, and
 * all further ones after LOG_MOST_ONCE of them. */
enum { LOG_MOST_ONCE = 100 };
void log_once(LogLevel level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

/* headword: one program, many subcommands. */
#include "cli/command.h"

#include "base/utf8.h"
#include "protocol/json_text.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const Command commands[] = {
#define COMMAND(name, arguments, summary, help) {#name, arguments, summary, help, command_##name},
#include "cli/commands.def"
#undef COMMAND
};

enum { COMMANDS = sizeof commands / sizeof *commands };

const Command *command_named(Str name) {
    for (size_t i = 0; i < COMMANDS; i++) {
        if (str_eq(name, str_of(commands[i].name))) return &commands[i];
    }
    return NULL;
}

static void print(FILE *out, StrBuf text) {
    StrBuf visible;
    buf_init(&visible);
    buf_append_visible(&visible, buf_str(&text));
    fwrite(visible.data, 1, visible.len, out);
    buf_release(&visible);
    buf_release(&text);
}

void command_print(FILE *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    print(out, buf_formatted(format, args));
    va_end(args);
}

void command_print_json(json_t *value) {
    StrBuf text;
    buf_init(&text);
    json_text_value(&text, value);
    for (size_t i = 0, size; i < text.len; i += size) {
        uint32_t cp = utf8_decode(text.data + i, text.len - i, &size);
        if (utf8_is_command(cp))
            printf("\\u%04x", (unsigned)cp);
        else
            fwrite(text.data + i, 1, size, stdout);
    }
    putchar('\n');
    buf_release(&text);
    json_decref(value);
}

int command_fail(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("headword: ", stderr);
    print(stderr, buf_formatted(format, args));
    fputc('\n', stderr);
    va_end(args);
    return EXIT_TROUBLE;
}

int command_usage(const char *name) {
    const Command *command = command_named(str_of(name));
    return command_fail("wrong arguments; usage: headword %s %s", command->name, command->arguments);
}

/* The word that getopt_long reads next. */
static const char *next_option(int argc, char **argv) {
    for (int i = optind; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1]) return argv[i];
    }
    return "";
}

int command_option(int argc, char **argv, const struct option *options) {
    opterr = 0; /* its messages do not say which command was meant */
    const char *word = next_option(argc, argv);
    int option = getopt_long(argc, argv, ":", options, NULL);
    if (option != '?' && option != ':') return option;
    if (option == ':')
        command_fail("%s: %s wants a value", argv[0], word);
    else if (optopt && word[1] == '-')
        command_fail("%s: %.*s takes no value", argv[0], (int)strcspn(word, "="), word);
    else
        command_fail("%s: no option %s; `headword help %s` lists them", argv[0], word, argv[0]);
    return '?';
}

static void print_overview(FILE *out) {
    fprintf(out, "usage: headword COMMAND [ARGUMENT...]\n\n"
                 "Keeps a live keyword index of a source repository and speaks from it.\n\n");
    for (size_t i = 0; i < COMMANDS; i++) fprintf(out, "  %-7s %s\n", commands[i].name, commands[i].summary);
    fprintf(out, "\n`headword help COMMAND` explains one. Exit status: 0 fine, 1 findings, 2 wrong usage or "
                 "failure.\n");
}

static void print_settings(void) {
    printf(
        "\nSettings ([tool.headword] in pyproject.toml, or .headword.toml; for one run --set KEY=VALUE):\n");
    for (uint32_t i = 0; i < SETTINGS; i++) {
        const SettingRow *row = settings_row(i);
        printf("  %-22s %s (default: %s)\n", row->key, row->doc,
               row->default_text[0] ? row->default_text : "\"\"");
    }
}

static bool is_help(const char *word) { return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0; }

static int print_help(const char *name) {
    const Command *command = command_named(str_of(name));
    if (command == NULL) return command_fail("no command named %s; `headword help` lists them", name);
    printf("usage: headword %s %s\n\n%s.\n%s%s", command->name, command->arguments, command->summary,
           command->help[0] ? "\n" : "", command->help);
    return EXIT_FINE;
}

/* Whether an option among the arguments asks what there is, whatever else they say. */
static bool asks_for_help(int argc, char **argv) {
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (is_help(argv[i])) return true;
    }
    return false;
}

int command_help(int argc, char **argv) {
    if (argc > 2) return command_usage("help");
    if (argc < 2) {
        print_overview(stdout);
        print_settings();
        return EXIT_FINE;
    }
    return print_help(argv[1]);
}

/* libuv's default is four threads, whatever the machine. */
static void use_all_processors(void) {
    char count[16];
    snprintf(count, sizeof count, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
    setenv("UV_THREADPOOL_SIZE", count, 0);
}

/* A descriptor that we were started without would become that of the first file, which then is taken for the
 * terminal. What takes its place fails at each use, as the missing one would. */
static void fill_standard_descriptors(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0) continue;
        if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) _exit(EXIT_TROUBLE);
    }
}

static int run(int argc, char **argv) {
    Str name = argc > 1 ? str_of(argv[1]) : STR("");
    if (str_eq(name, STR("--version"))) {
        printf("headword %s\n", HEADWORD_VERSION);
        return EXIT_FINE;
    }
    if (name.len == 0) {
        print_overview(stderr);
        return EXIT_TROUBLE;
    }
    if (is_help(argv[1])) return command_help(1, argv);
    const Command *command = command_named(name);
    if (command == NULL) return command_fail("no command named %s; `headword help` lists them", argv[1]);
    if (asks_for_help(argc - 2, argv + 2)) return print_help(argv[1]);
    return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv) {
    fill_standard_descriptors();
    signal(SIGCHLD, SIG_DFL); /* ignored, as it may be inherited, nobody learns how git ended */
    use_all_processors();
    int status = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) return command_fail("cannot write to the standard output");
    return status;
}

#include "index/disk/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __linux__ && defined SYS_landlock_create_ruleset

#include <sys/prctl.h>

/* The kernel's interface (linux/landlock.h), as far as it is used; what older headers lack included. */
enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1 };
enum {
    WRITE_FILE = 1 << 1,
    REMOVE_DIR = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_CHAR = 1 << 6,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    MAKE_SOCK = 1 << 9,
    MAKE_FIFO = 1 << 10,
    MAKE_BLOCK = 1 << 11,
    MAKE_SYM = 1 << 12,
    REFER = 1 << 13, /* to move from one folder to another */
    TRUNCATE = 1 << 14,

    GRANTED = WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE,
    TO_NOBODY = MAKE_CHAR | MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK | MAKE_SYM,
    OF_FILES = WRITE_FILE | TRUNCATE,
};
enum { BIND_TCP = 1, CONNECT_TCP = 2 };
enum { ABSTRACT_UNIX_SOCKET = 1, SIGNAL = 2 };

typedef struct {
    uint64_t files, network, scoped;
} Rights;

/* One that names what lies below a folder; packed as the kernel has it. */
typedef struct __attribute__((packed)) {
    uint64_t allowed;
    int32_t folder;
} Rule;

/* By the version of the kernel's interface, from which on it is there: what is restricted. */
static const struct {
    int version;
    size_t size; /* of the part of Rights that the version knows */
    Rights rights;
} additions[] = {
    {1, sizeof(uint64_t), {.files = (GRANTED | TO_NOBODY) & ~(REFER | TRUNCATE)}},
    {2, sizeof(uint64_t), {.files = REFER}},
    {3, sizeof(uint64_t), {.files = TRUNCATE}},
    {4, 2 * sizeof(uint64_t), {.network = BIND_TCP | CONNECT_TCP}},
    {6, 3 * sizeof(uint64_t), {.scoped = ABSTRACT_UNIX_SOCKET | SIGNAL}},
};
enum { ADDITIONS = sizeof additions / sizeof *additions };

static int version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
}

bool sandbox_is_possible(StrBuf *why) {
    if (version() > 0) return true;
    buf_printf(why, "the kernel has no Landlock, or it is turned off (%s)", strerror(errno));
    return false;
}

/* A ruleset of all that this kernel can restrict; -1 with errno. */
static int ruleset_new(Rights *rights) {
    int known = version();
    size_t size = 0;
    *rights = (Rights){0};
    for (int i = 0; i < ADDITIONS && additions[i].version <= known; i++) {
        size = additions[i].size;
        rights->files |= additions[i].rights.files;
        rights->network |= additions[i].rights.network;
        rights->scoped |= additions[i].rights.scoped;
    }
    return (int)syscall(SYS_landlock_create_ruleset, rights, size, 0);
}

static bool allow(int ruleset, const char *path, uint64_t rights) {
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return true; /* what is not there needs no rights */
    Rule rule = {rights, place};
    bool good = syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) == 0;
    int error = errno;
    close(place);
    errno = error;
    return good;
}

bool sandbox_enter(const Paths *folders, StrBuf *why) {
    Rights rights;
    int ruleset = ruleset_new(&rights);
    bool good = ruleset >= 0 && allow(ruleset, "/dev/null", rights.files & OF_FILES);
    for (uint32_t i = 0; i < folders->len && good; i++)
        good = allow(ruleset, folders->items[i], rights.files & GRANTED);
    good = good && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    if (!good) buf_printf(why, "no sandbox: %s", strerror(errno));
    if (ruleset >= 0) close(ruleset);
    return good;
}

#else

bool sandbox_is_possible(StrBuf *why) {
    buf_append(why, STR("this system has none; Linux has"));
    return false;
}

bool sandbox_enter(const Paths *folders, StrBuf *why) {
    (void)folders;
    return sandbox_is_possible(why);
}

#endif

#include "base/language.h"

#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/module.h"

#if DOCBAO_GETTEXT

#include <libintl.h>

/* Set by the build: the way from the folder of programs to that of translations. */
#ifndef DOCBAO_LOCALE_FOLDER
#define DOCBAO_LOCALE_FOLDER "../share/locale"
#endif

/* The value of the variable; NULL if it is not set or empty. */
static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

/* The user's locale for messages: "vi_VN.UTF-8"; NULL: none was named. */
static const char *wanted_locale(void)
{
    const char *locale = variable("LC_ALL");
    if (!locale)
        locale = variable("LC_MESSAGES");
    return locale ? locale : variable("LANG");
}

/* Whether the first of these languages ("vi:en", "en_GB.UTF-8") is that of the source. */
static bool is_english(const char *languages)
{
    struct sv language = {languages, strcspn(languages, ":_.@")};
    return sv_is(language, "en") || sv_is(language, "C") || sv_is(language, "POSIX");
}

/* The first of the folders that is there; false: none is. */
static bool find_translations(struct buf *path)
{
    static const char *const folders[] = {"locale", DOCBAO_LOCALE_FOLDER, "../share/locale",
                                          "../../share/locale"};
    struct buf own = BUF_INIT;
    bool found = false;
    module_add_own_folder(&own);
    for (size_t i = 0; own.n && i < sizeof folders / sizeof *folders && !found; i++) {
        buf_clear(path);
        buf_addf(path, "%s%s", own.p, folders[i]);
        found = access(path->p, X_OK) == 0;
    }
    buf_free(&own);
    return found;
}

/* gettext translates nothing in the locale "C". Where the user's own is not installed, any other
 * does, with the language beside it. */
static bool set_locale(const char *locale)
{
    if (setlocale(LC_MESSAGES, ""))
        return true;
    return setlocale(LC_MESSAGES, "C.UTF-8") &&
           (variable("LANGUAGE") || setenv("LANGUAGE", locale, 1) == 0);
}

/* Whether there is a translation: all have a text for "", which says how they are written. The
 * answer comes from the translation's file, which is read by that. */
static bool read_translation(const char *folder)
{
    bindtextdomain(MESSAGE_DOMAIN, folder);
    bind_textdomain_codeset(MESSAGE_DOMAIN, "UTF-8");
    /* What the C library says of errors is converted to the encoding of LC_CTYPE otherwise. */
    bind_textdomain_codeset("libc", "UTF-8");
    return *dgettext(MESSAGE_DOMAIN, "") != '\0';
}

void language_choose(void)
{
    const char *locale = wanted_locale();
    if (!locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0)
        return;
    const char *languages = variable("LANGUAGE");
    if (is_english(languages ? languages : locale))
        return;
    struct buf folder = BUF_INIT;
    if (!find_translations(&folder) || !set_locale(locale) || !read_translation(folder.p))
        language_english();
    buf_free(&folder);
}

#else

void language_choose(void)
{
}

#endif

void language_english(void)
{
    setlocale(LC_MESSAGES, "C");
}

/*
 * The language of messages (base/message.h).
 *
 * Invariants:
 * - Messages are in English until language_choose has found another one.
 * - Only main() calls these, before it starts threads and processes: these inherit the translation,
 *   which is read at once, since confined processes can open no file.
 * - Of the locale only LC_MESSAGES is set. How numbers are written and read, what is a letter, and
 *   how text is sorted do not depend on the user.
 */
#ifndef DOCBAO_BASE_LANGUAGE_H
#define DOCBAO_BASE_LANGUAGE_H

/* The name under which gettext knows the messages of docbao. */
#define MESSAGE_DOMAIN "docbao"

/*
 * Takes the first language that the user wants, by LANGUAGE, LC_ALL, LC_MESSAGES and LANG as
 * gettext reads them; English where there is no translation. The system need not have the user's
 * locale: C.UTF-8 is enough. Translations are looked for in the folder locale/ beside the program,
 * then where the installation keeps them.
 */
void language_choose(void);

/* Goes back to English. */
void language_english(void);

#endif

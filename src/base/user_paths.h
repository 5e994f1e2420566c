/*
 * Where the files of this user are: the folders of the XDG specification, or those below the home
 * folder that it names where a variable is not set.
 */
#ifndef DOCBAO_BASE_USER_PATHS_H
#define DOCBAO_BASE_USER_PATHS_H

/* The user's own folder of that name ("voices", "rules"), or NULL where there is none. The caller
 * frees it with free(). */
char *user_folder(const char *name);

/* The path of the file of that name where programs keep what they remember; NULL where there is no
 * home folder, or it is closed to this user. The caller frees it. */
char *user_state(const char *name);

/* The folder of that name where programs keep what they can make again; as user_state. */
char *user_cache(const char *name);

/* Makes the user's configuration folder where there is none; what fails shows when it is written
 * to. */
void user_make_folder(void);

/* The path of the user's own file of that name, which need not exist; NULL where there is no home
 * folder, or it is closed to this user. The caller frees it. */
char *user_file(const char *name);

#endif

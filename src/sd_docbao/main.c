/*
 * sd_docbao: the module of speech-dispatcher, which starts it and speaks with it over standard
 * input and output.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/user_paths.h"
#include "sd_docbao/module.h"

int main(void)
{
    signal(SIGPIPE, SIG_IGN); /* it is seen as an error of write */
    char *rules = user_folder("rules"), *voices = user_folder("voices");
    char *lexicon = user_file("lexicon.tsv");
    const struct docbao_options options = {
        .rules_folders = {rules, NULL},
        .voices_folder = voices,
        .lexicon = lexicon,
        .jobs = 1,
    };
    struct docbao *d = docbao_new(&options);
    int code = module_serve(d, STDIN_FILENO, STDOUT_FILENO);
    docbao_free(d);
    free(rules);
    free(voices);
    free(lexicon);
    return code;
}

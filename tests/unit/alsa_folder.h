/*
 * A folder of its own with an ALSA configuration, and what the file plugin captured there, for the
 * tests of the player.
 */
#ifndef DOCBAO_TESTS_ALSA_FOLDER_H
#define DOCBAO_TESTS_ALSA_FOLDER_H

#include <dirent.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdint.h>
#include <unistd.h>

/* All that is played lands in heard.wav. */
static const char alsa_capture[] __attribute__((unused)) =
    "pcm.!default { type file slave.pcm null file \"heard.wav\" format \"wav\" perm 0644 }\n"
    "pcm.null { type null }\n";
static const char alsa_several[] __attribute__((unused)) =
    "pcm.!default { type null }\n"
    "pcm.kitchen_left { type file slave.pcm null file \"heard.wav\" format \"wav\" perm 0644 }\n"
    "pcm.kitchen_right { type null }\n"
    "pcm.null { type null }\n";
static const char alsa_lost_device[] __attribute__((unused)) =
    "pcm.!default { type file slave.pcm null file \"|head -c 30000 > part.raw\" format \"raw\" "
    "perm 0644 }\n"
    "pcm.null { type null }\n";
static const char alsa_no_card[] __attribute__((unused)) =
    "pcm.!default { type hw card 30 }\npcm.null { type null }\n";
static const char alsa_no_pcm[] __attribute__((unused)) = "ctl.nothing { type hw card 0 }\n";
static inline int enter_folder(void **state)
{
    char name[] = "/tmp/docbao-player-XXXXXX";
    if (!mkdtemp(name) || chdir(name) != 0)
        return -1;
    setenv("ALSA_CONFIG_PATH", "alsa.conf", 1);
    *state = strdup(name);
    return 0;
}

static inline int leave_folder(void **state)
{
    DIR *d = opendir(".");
    for (struct dirent *entry; (entry = readdir(d));)
        unlinkat(dirfd(d), entry->d_name, 0);
    closedir(d);
    int failure = chdir("/") || rmdir(*state);
    free(*state);
    return failure;
}

static inline void configure(const char *text)
{
    FILE *f = fopen("alsa.conf", "w");
    fputs(text, f);
    fclose(f);
}

/* The samples of heard.wav, which the caller frees; *count of them. */
static inline int16_t *read_heard(SF_INFO *info, size_t *count)
{
    *info = (SF_INFO){0};
    SNDFILE *f = sf_open("heard.wav", SFM_READ, info);
    if (!f)
        return NULL;
    size_t room = (size_t)info->frames * (size_t)info->channels;
    int16_t *heard = malloc((room + 1) * sizeof *heard);
    *count = (size_t)sf_read_short(f, heard, (sf_count_t)room);
    sf_close(f);
    return heard;
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

#endif

/*
 * Opens an article, prints what is said, one spoken sentence a line, and saves it as sound:
 *
 *     cc read_and_save.c -o read_and_save $(pkg-config --cflags --libs docbao)
 *     ./read_and_save bai.txt bai.wav
 */
#include <docbao.h>
#include <stdio.h>

struct reading {
    struct docbao_article *article; /* NULL when it was given out */
};

/* docbao_speak asks for one article after another. */
static struct docbao_article *give_article(void *user)
{
    struct reading *reading = user;
    struct docbao_article *article = reading->article;
    reading->article = NULL;
    return article;
}

static void print_sentences(struct docbao_article *article)
{
    uint32_t count = docbao_head_of(article).sentences;
    for (uint32_t i = 0; i < count; i++) {
        struct docbao_text spoken = docbao_sentence_at(article, i).spoken;
        printf("%.*s\n", (int)spoken.n, spoken.p);
    }
}

/* Errors are sentences already. */
static int complain(const struct docbao *docbao)
{
    const struct docbao_error *error = docbao_last_error(docbao);
    fprintf(stderr, "%s%s%s\n", error->file, *error->file ? ": " : "", error->message);
    return (int)error->status;
}

static int read_and_save(struct docbao *docbao, const char *source, const char *target)
{
    struct docbao_article *article;
    if (docbao_open_file(docbao, source, &article) != DOCBAO_OK)
        return complain(docbao);
    print_sentences(article);
    struct reading reading = {article};
    struct docbao_speech speech = {.target = target, .next = give_article, .user = &reading};
    struct docbao_stats stats;
    enum docbao_status status = docbao_speak(docbao, &speech, &stats);
    if (status != DOCBAO_OK)
        complain(docbao);
    else
        printf("%.1f s\n", (double)stats.frames / stats.rate);
    docbao_close(article);
    return (int)status;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: read_and_save FILE OUT.wav\n");
        return DOCBAO_USAGE;
    }
    struct docbao_options options = {0};
    struct docbao *docbao = docbao_new(&options);
    int status = read_and_save(docbao, argv[1], argv[2]);
    docbao_free(docbao);
    return status;
}

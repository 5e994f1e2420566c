/*
 * The feed of a podcast: RSS 2.0 with the namespaces of iTunes and of Podcasting 2.0.
 *
 * Invariants: the same episodes give the same bytes; nothing of the clock is in it. An episode
 * keeps its name (guid) as long as its article is the same one; the address of its sound changes
 * with its bytes, so that no player joins two versions.
 */
#ifndef DOCBAO_CLI_PODCAST_FEED_H
#define DOCBAO_CLI_PODCAST_FEED_H

#include "cli/podcast/episodes.h"

struct podcast {
    const char *base_url;               /* with a slash at its end */
    const char *title, *author, *cover; /* cover: the name of a file in the folder */
    const struct episodes *episodes;
};

#define PODCAST_FEED "feed.xml"

void podcast_feed(const struct podcast *p, struct buf *out);

#endif

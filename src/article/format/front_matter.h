/*
 * The settings at the head of a Markdown file, which site generators read: YAML between lines of
 * three hyphens, TOML between lines of three plus signs. Only what stands in one line is known.
 *
 * Invariants: the text does not change; settings without an end are text like any other.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FRONT_MATTER_H
#define DOCBAO_ARTICLE_FORMAT_FRONT_MATTER_H

#include "base/sv.h"

/* Views of the text; n is 0 if there is no such setting. */
struct front_matter {
    size_t length; /* of the settings with their lines; 0: there are none */
    struct sv title, date, author;
};

/* The settings at the beginning of `text`. */
struct front_matter front_matter_of(struct sv text);

#endif

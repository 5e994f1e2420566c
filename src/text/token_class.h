/*
 * The semiotic classes of tokens, one for each row of classes.def.
 *
 * Invariants: the numbers follow the rows and mean nothing outside of one run: programs see the
 * names.
 */
#ifndef DOCBAO_TEXT_TOKEN_CLASS_H
#define DOCBAO_TEXT_TOKEN_CLASS_H

enum token_class {
#define CLASS(name, starts) CLASS_##name,
#define CLASS_ONLY(name) CLASS_##name,
#include "text/classes.def"
    CLASS_COUNT
};

#endif

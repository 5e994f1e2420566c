/* Scores, where the sentence speaks of a match: 3-2, 2 - 0, sets 25-23. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { HIGHEST_SCORE = 199 };

static bool has_unit_behind(const struct speaker *s, uint32_t i)
{
    return is_mark(s, i, '%') || is_mark(s, i, '/') || word_is(s, i, "triệu") ||
           word_is(s, i, "tỷ") || word_is(s, i, "nghìn") || word_is(s, i, "tuổi") ||
           word_is(s, i, "năm") || word_is(s, i, "tháng") || word_is(s, i, "ngày") ||
           word_is(s, i, "phút") || word_is(s, i, "giờ") || word_is(s, i, "trận") ||
           word_is(s, i, "m") || word_is(s, i, "km") || word_is(s, i, "người") ||
           word_is(s, i, "lần") || word_is(s, i, "cầu");
}

uint32_t read_score(struct speaker *s, uint32_t i)
{
    int32_t home = small_number(s, i), away = small_number(s, i + 2);
    if (home < 0 || away < 0 || home > HIGHEST_SCORE || away > HIGHEST_SCORE)
        return 0;
    if (!is_range_dash(s, i + 1) || has_unit_behind(s, i + 3))
        return 0;
    bool more = atom_glued(s, i + 3) && (is_mark(s, i + 3, '-') || is_mark(s, i + 3, ',')) &&
                is_number(s, i + 4) && atom_glued(s, i + 4);
    if (more || word_is(s, i - 1, "từ") || !cue_in_sentence(s, CUE_SCORE))
        return 0;
    token_begin(s, CLASS_score, "score, by a cue in the sentence", i, 3);
    say_cardinal(s, (uint64_t)home);
    say_cardinal(s, (uint64_t)away);
    token_end(s);
    return 3;
}

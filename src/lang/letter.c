#include "lang/letter.h"

/* One list for both tables. A vowel: id, its six tones in lower case, then in upper case. */
/* clang-format off */
#define LETTERS(VOWEL, CONSONANT)                                                                  \
    VOWEL(LETTER_A, L'a', L'à', L'ả', L'ã', L'á', L'ạ', L'A', L'À', L'Ả', L'Ã', L'Á', L'Ạ') \
    VOWEL(LETTER_A_BREVE, L'ă', L'ằ', L'ẳ', L'ẵ', L'ắ', L'ặ', L'Ă', L'Ằ', L'Ẳ', L'Ẵ', L'Ắ', L'Ặ') \
    VOWEL(LETTER_A_CIRCUMFLEX, L'â', L'ầ', L'ẩ', L'ẫ', L'ấ', L'ậ', L'Â', L'Ầ', L'Ẩ', L'Ẫ', L'Ấ', L'Ậ') \
    VOWEL(LETTER_E, L'e', L'è', L'ẻ', L'ẽ', L'é', L'ẹ', L'E', L'È', L'Ẻ', L'Ẽ', L'É', L'Ẹ') \
    VOWEL(LETTER_E_CIRCUMFLEX, L'ê', L'ề', L'ể', L'ễ', L'ế', L'ệ', L'Ê', L'Ề', L'Ể', L'Ễ', L'Ế', L'Ệ') \
    VOWEL(LETTER_I, L'i', L'ì', L'ỉ', L'ĩ', L'í', L'ị', L'I', L'Ì', L'Ỉ', L'Ĩ', L'Í', L'Ị') \
    VOWEL(LETTER_O, L'o', L'ò', L'ỏ', L'õ', L'ó', L'ọ', L'O', L'Ò', L'Ỏ', L'Õ', L'Ó', L'Ọ') \
    VOWEL(LETTER_O_CIRCUMFLEX, L'ô', L'ồ', L'ổ', L'ỗ', L'ố', L'ộ', L'Ô', L'Ồ', L'Ổ', L'Ỗ', L'Ố', L'Ộ') \
    VOWEL(LETTER_O_HORN, L'ơ', L'ờ', L'ở', L'ỡ', L'ớ', L'ợ', L'Ơ', L'Ờ', L'Ở', L'Ỡ', L'Ớ', L'Ợ') \
    VOWEL(LETTER_U, L'u', L'ù', L'ủ', L'ũ', L'ú', L'ụ', L'U', L'Ù', L'Ủ', L'Ũ', L'Ú', L'Ụ') \
    VOWEL(LETTER_U_HORN, L'ư', L'ừ', L'ử', L'ữ', L'ứ', L'ự', L'Ư', L'Ừ', L'Ử', L'Ữ', L'Ứ', L'Ự') \
    VOWEL(LETTER_Y, L'y', L'ỳ', L'ỷ', L'ỹ', L'ý', L'ỵ', L'Y', L'Ỳ', L'Ỷ', L'Ỹ', L'Ý', L'Ỵ') \
    CONSONANT(LETTER_B, 'b', 'B') CONSONANT(LETTER_C, 'c', 'C') CONSONANT(LETTER_D, 'd', 'D') \
    CONSONANT(LETTER_D_STROKE, L'đ', L'Đ') CONSONANT(LETTER_G, 'g', 'G') CONSONANT(LETTER_H, 'h', 'H') \
    CONSONANT(LETTER_K, 'k', 'K') CONSONANT(LETTER_L, 'l', 'L') CONSONANT(LETTER_M, 'm', 'M') \
    CONSONANT(LETTER_N, 'n', 'N') CONSONANT(LETTER_P, 'p', 'P') CONSONANT(LETTER_Q, 'q', 'Q') \
    CONSONANT(LETTER_R, 'r', 'R') CONSONANT(LETTER_S, 's', 'S') CONSONANT(LETTER_T, 't', 'T') \
    CONSONANT(LETTER_V, 'v', 'V') CONSONANT(LETTER_X, 'x', 'X') CONSONANT(LETTER_F, 'f', 'F') \
    CONSONANT(LETTER_J, 'j', 'J') CONSONANT(LETTER_W, 'w', 'W') CONSONANT(LETTER_Z, 'z', 'Z')
/* clang-format on */

#define AT(code) ((code) < LETTER_LOW ? (code) : (code)-LETTER_HIGH_FIRST + LETTER_LOW)
#define PAIR(id, tone, lower, upper)                                                               \
    [AT(lower)] = {id, tone, false, lower}, [AT(upper)] = {id, tone, true, lower},
#define BY_CODE_CONSONANT(id, lower, upper) PAIR(id, TONE_NGANG, lower, upper)
#define BY_CODE_VOWEL(id, a, b, c, d, e, f, ua, ub, uc, ud, ue, uf)                                \
    PAIR(id, TONE_NGANG, a, ua)                                                                    \
    PAIR(id, TONE_HUYEN, b, ub)                                                                    \
    PAIR(id, TONE_HOI, c, uc)                                                                      \
    PAIR(id, TONE_NGA, d, ud) PAIR(id, TONE_SAC, e, ue) PAIR(id, TONE_NANG, f, uf)
#define BY_ID_CONSONANT(id, lower, upper) [id] = {lower},
#define BY_ID_VOWEL(id, a, b, c, d, e, f, ...) [id] = {a, b, c, d, e, f},

const struct letter letter_table[] = {LETTERS(BY_CODE_VOWEL, BY_CODE_CONSONANT)};

static const uint16_t codes[LETTER_COUNT][6] = {LETTERS(BY_ID_VOWEL, BY_ID_CONSONANT)};

uint32_t letter_code(enum letter_id id, enum tone tone)
{
    return codes[id][tone];
}

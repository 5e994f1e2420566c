/*
 * The rule tables: the files of assets/rules are sound and documented; for every table of
 * src/rules/tables.def an overlay changes what comes out, and a cell that its column forbids is
 * refused with file, line and column. A table without a sample here fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <unistd.h>

#include "article/input/likeness.h"
#include "article/read.h"
#include "base/file.h"
#include "rules/rules.h"
#include "synth/espeak/engine_text.h"
#include "text/character_name.h"
#include "text/doubts.h"
#include "text/normalize.h"

/* ---- our own files ---- */

static void read_asset(enum rule_table which, struct buf *out)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/assets/rules/%s", DOCBAO_SOURCE, table_definitions[which].file);
    if (!file_read(path.p, out))
        fail_msg("%s cannot be read", path.p);
    buf_free(&path);
}

/* The names of the columns as docs/tables.md and the files write them. */
static void add_columns(enum rule_table which, const char *between, struct buf *out)
{
    const struct table_definition *d = &table_definitions[which];
    for (uint32_t c = 0; c < d->column_count; c++)
        buf_addf(out, "%s%s", c ? between : "", d->columns[c].name);
}

static void files_name_their_columns(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        struct buf bytes = BUF_INIT, header = BUF_INIT;
        read_asset((enum rule_table)i, &bytes);
        buf_adds(&header, "\n# ");
        add_columns((enum rule_table)i, "\t", &header);
        buf_putc(&header, '\n');
        if (sv_find(buf_sv(&bytes), buf_sv(&header)) < 0)
            fail_msg("%s has no line that names its columns:%s", table_definitions[i].file,
                     header.p);
        assert_true(sv_ends(buf_sv(&bytes), SV("\n")));
        assert_null(memchr(bytes.p, '\r', bytes.n));
        buf_free(&bytes);
        buf_free(&header);
    }
}

static bool is_defined(const char *file)
{
    for (unsigned i = 0; i < TABLE_COUNT; i++)
        if (strcmp(table_definitions[i].file, file) == 0)
            return true;
    return false;
}

static void every_file_is_defined(void **state)
{
    (void)state;
    DIR *folder = opendir(DOCBAO_SOURCE "/assets/rules");
    assert_non_null(folder);
    unsigned files = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        files++;
        if (!is_defined(entry->d_name))
            fail_msg("%s is not in src/rules/tables.def", entry->d_name);
    }
    closedir(folder);
    assert_int_equal(files, TABLE_COUNT);
}

/* docs/tables.md has a row for every table with its columns, and names every kind. */
static void tables_are_documented(void **state)
{
    (void)state;
    struct buf page = BUF_INIT;
    assert_true(file_read(DOCBAO_SOURCE "/docs/tables.md", &page));
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        struct buf row = BUF_INIT;
        buf_addf(&row, "\n| `%s` | ", table_definitions[i].file);
        add_columns((enum rule_table)i, ", ", &row);
        buf_adds(&row, " |");
        if (sv_find(buf_sv(&page), buf_sv(&row)) < 0)
            fail_msg("docs/tables.md has no row that begins:%s", row.p);
        buf_free(&row);
    }
    for (unsigned set = 1; set < KIND_SETS; set++)
        for (const struct kind_name *k = kind_names[set]; k->name; k++) {
            struct buf name = BUF_INIT;
            buf_addf(&name, "`%s`", k->name);
            if (sv_find(buf_sv(&page), buf_sv(&name)) < 0)
                fail_msg("docs/tables.md does not name the kind %s", name.p);
            buf_free(&name);
        }
    buf_free(&page);
}

/* The kinds of one table have different bits. */
static void kinds_do_not_overlap(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        uint32_t seen = 0;
        const struct table_definition *d = &table_definitions[i];
        for (uint32_t c = 0; c < d->column_count; c++) {
            uint32_t set = 0;
            for (const struct kind_name *k = kind_names[d->columns[c].kinds]; k->name; k++) {
                assert_int_not_equal(k->bit, 0);
                assert_int_equal(set & k->bit, 0);
                set |= k->bit;
            }
            assert_int_equal(seen & set, 0);
            seen |= set;
        }
    }
}

/* ---- overlays ---- */

/* The part of the result that a sample compares. */
enum view_of {
    SPOKEN,  /* the sentences, with | between */
    PAUSES,  /* the milliseconds after each sentence */
    ENGINE,  /* a word as the engine is given it, southern */
    SKIPPED, /* what is not read, with its reasons */
    TEXT,    /* the text as decoded from VNI */
    SCORE,   /* how many words are known as frequent */
    NAMES,   /* its characters, as screen readers name them */
    KEYS,    /* the keys that it names */
    DOUBTS,  /* the other readings of what an editor should look at */
};

/* A row laid over a table, and what comes out with it alone. */
static const struct sample {
    const char *row, *text;
    enum view_of view;
    const char *expected;
} samples[TABLE_COUNT] = {
    [TABLE_ABBREVIATIONS] = {"XYQ\txin chào\t>hội", "XYQ hội họp.", SPOKEN, "xin chào hội họp"},
    [TABLE_BOILERPLATE] =
        {"bấm vào đây để nhận quà\tadvert\texact",
         "Chợ Đồng Xuân mở lại\n\nSáng nay, các tiểu thương đã dọn hàng về chợ và mở cửa đón khách "
         "trở lại sau hai tháng sửa chữa.\n\nBấm vào đây để nhận quà\n\nBan quản lý chợ cho biết "
         "mọi "
         "việc đã xong và không còn quầy nào phải đóng cửa trong tuần này.\n\nXem thêm\n\nBình "
         "luận\n",
         SKIPPED, "[advert: Bấm vào đây để nhận quà]"},
    [TABLE_CHARACTER_BLOCKS] = {"4E00\t9FFF\tchữ vuông", "漢", NAMES, "chữ vuông mã sáu"},
    [TABLE_CHARACTER_NAMES] = {"★\tngôi sao\tsome", "★", NAMES, "ngôi sao"},
    [TABLE_CLAUSE_WORDS] =
        {"nhân lúc\tgood",
         "Người dân trong xã đã góp công góp của làm xong con đường bê tông dài qua ba thôn nhân "
         "lúc nhiều gia đình vẫn còn ở nhà tạm và phải chạy ăn từng bữa qua mùa giáp hạt năm nay.",
         SPOKEN, "ba thôn, nhân lúc"},
    [TABLE_CODE_ISSUERS] = {"XYQ\thội chợ", "Quyết định số 12/QĐ-XYQ.", SPOKEN, "hội chợ"},
    [TABLE_CODE_TYPES] = {"ĐQ\tđặc quyết", "Văn bản số 12/ĐQ-UBND.", SPOKEN, "đặc quyết"},
    [TABLE_COMPOUNDS] = {"bồng trường", "Đến bồng trường TH.", SPOKEN, "tê hát"},
    [TABLE_CUES] = {"bíp\tphone", "Cứ bíp 113 nhé.", SPOKEN, "một một ba"},
    [TABLE_CURRENCIES] = {"XYD\tđồng bạc", "Giá 5 XYD.", SPOKEN, "năm đồng bạc"},
    [TABLE_EMOJI_NAMES] = {"😀\tcười khì", "😀", NAMES, "cười khì"},
    [TABLE_ENGLISH] = {"^^wil\tg", "Ông Wilbridge nói.", SPOKEN, "ghin bơ rít"},
    [TABLE_ENGLISH_WORDS] = {"zorbs\tsentence",
                             "Zorbs governments zorbs growing slowly zorbs them.", SKIPPED,
                             "[foreign: Zorbs governments"},
    [TABLE_FIXED_PAIRS] = {"chợ\tđình", "Lễ hội chợ - đình mở.", SPOKEN, "chợ đình mở"},
    [TABLE_FOREIGN_SYLLABLES] = {"zhang\tchạng\tzh", "Zhangqi nói.", SPOKEN, "chạng chi"},
    [TABLE_FREQUENT_SYLLABLES] = {"ngoẹo\t4", "ngoẹo", SCORE, "known 1"},
    [TABLE_HTML_WORDS] =
        {"hop-rao-vat\tadvert",
         "<html><body><article><h1>Chợ Đồng Xuân mở lại</h1><p>Sáng nay, các tiểu thương đã dọn "
         "hàng về chợ và mở cửa đón khách trở lại sau hai tháng sửa chữa.</p><div "
         "class='hop-rao-vat'><p>Bán căn nhà nhỏ ở gần chợ, có sân trước rất rộng.</p></div><p>Ban "
         "quản lý chợ cho biết mọi việc đã xong và không còn quầy nào phải đóng cửa trong tuần "
         "này.</p></article></body></html>",
         SKIPPED, "[advert: Bán căn nhà nhỏ"},
    [TABLE_KEY_NAMES] = {"tab\tphím nhảy", "shift_tab", KEYS, "síp phím nhảy"},
    [TABLE_LETTER_NAMES] = {"f\tphờ lạ", "Hãng FXT.", SPOKEN, "phờ lạ"},
    [TABLE_LINE_WORDS] = {"giờ đăng bài:\tdate",
                          "Trang chủ\nChợ Đồng Xuân mở lại sau hai tháng sửa chữa\nGiờ đăng bài: "
                          "08:15 12/06/2025\nSáng nay, các tiểu thương đã "
                          "dọn hàng về chợ và mở cửa đón khách trở lại sau hai tháng sửa "
                          "chữa.\nBan quản lý chợ cho biết mọi việc đã xong và "
                          "không còn quầy nào phải đóng cửa trong tuần này.\n",
                          SKIPPED, "[clock: Giờ đăng bài:"},
    [TABLE_LOANWORDS] = {"Zorbok\tdo bóc", "Ông Zorbok nói.", SPOKEN, "do bóc"},
    [TABLE_MONTHS] = {"zorber\t7", "Họp ngày 5 Zorber 2024.", SPOKEN, "năm tháng bảy năm"},
    [TABLE_NEAR_WORDS] = {"tí hon\tlaw", "Theo tí hon 2g.", SPOKEN, "hai giê"},
    [TABLE_NUMBER_FRAMES] = {"ngày\t\tscore", "Họ 3-5 thì hơn.", DOUBTS, "[3-5: ba năm]"},
    [TABLE_ORIGINS] = {"^lew$\tpl\t90", "Ông Lew nói.", SPOKEN, "liu"},
    [TABLE_PHONEMES] = {"ʃ\tch", "Ông Shannon nói.", SPOKEN, "chan"},
    [TABLE_PLACES] = {"kavazia\tde", "Ông Gauthier ở Kavazia.", SPOKEN, "gao ti"},
    [TABLE_PAPERS] = {"khẩn cấp gửi\trecipients",
                      "Số: 5/TB-UBND\nHòa Sơn, ngày 3 tháng 3 năm 2025\nTHÔNG BÁO\nV/v họp chợ\n"
                      "Chợ họp lại từ ngày mai ở bãi đất cạnh nhà văn hóa của thôn.\n"
                      "Khẩn cấp gửi:\n- Các thôn;\n",
                      SKIPPED, "[recipients: Khẩn cấp gửi:]"},
    [TABLE_RESPELLINGS] = {"bà\tbá", "bà", ENGINE, "bá"},
    [TABLE_SENTENCE_ABBREVIATIONS] = {"Zq\tany", "Ông ở Zq. Hai người đến.", SPOKEN, "hai người"},
    [TABLE_SOUTHERN_SOUNDS] = {"r\tonset\tQQ", "ra", ENGINE, "[[QQ"},
    [TABLE_STOCK_WORDS] = {"kcn\tcode", "Mã KCN tăng.", SPOKEN, "ca xê en nờ"},
    [TABLE_SYLLABLE_FREQUENCIES] = {"dothi\t39\t3", "Xem kinhtedothi.vn nhé.", SPOKEN,
                                    "kinh te dọt hi"},
    [TABLE_STYLES] = {"text\t100\t0\t0\t100\t0", "Mưa. Gió to.", PAUSES, "[400][650]"},
    [TABLE_SYMBOLS] = {"⊕\tcộng tròn", "ba ⊕ bốn", SPOKEN, "cộng tròn"},
    [TABLE_TRANSCRIBE] = {"zq\td a", "Ông Zqơkon nói.", SPOKEN, "da ơ"},
    [TABLE_UNITS] = {"zq\tdặm biển\tphysical", "Dài 5 zq.", SPOKEN, "năm dặm biển"},
    [TABLE_UNMARKED_NAMES] = {"zorb\tđoàn\tsure", "Ông Kevin Zorb nói.", SPOKEN, "vin đoàn"},
    [TABLE_VNI] = {"aø\tá", "nha\xF8", TEXT, "nhá"},
    [TABLE_WEB] = {"zorb\tdo rờ\ttop", "Xem baomoi.zorb nhé.", SPOKEN, "do rờ"},
};

/* A folder for the tables of one test. */
struct folder {
    char path[32];
};

static void folder_make(struct folder *f)
{
    *f = (struct folder){"/tmp/docbao-rules-XXXXXX"};
    assert_non_null(mkdtemp(f->path));
}

static void folder_write(const struct folder *f, enum rule_table which, struct sv bytes)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", f->path, table_definitions[which].file);
    FILE *file = fopen(path.p, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    fclose(file);
    buf_free(&path);
}

static void folder_remove(const struct folder *f)
{
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", f->path, table_definitions[i].file);
        unlink(path.p);
        buf_free(&path);
    }
    rmdir(f->path);
}

static void see_spoken(const struct article *a, struct buf *out)
{
    for (size_t i = 0; i < a->sentences.n; i++)
        buf_addf(out, "%s%.*s", i ? " | " : "",
                 SV_ARG(sv_at(buf_sv(&a->spoken), a->sentences.at[i].spoken)));
}

static void see_doubts(const struct article *a, const struct rules *rules,
                       const struct reading_options *options, struct buf *out)
{
    struct doubts doubts;
    doubts_find(&doubts, a, rules, options);
    for (size_t i = 0; i < doubts.list.n; i++)
        buf_addf(out, "[%.*s: %.*s]", SV_ARG(sv_at(a->text, doubts.list.at[i].text)),
                 SV_ARG(doubts.list.at[i].other));
    doubts_free(&doubts);
}

static void see_article(const struct sample *s, const struct rules *rules, struct buf *out)
{
    struct article a;
    struct err e = ERR_INIT;
    struct read_options reading = {
        .raw = s->view != SKIPPED, .encoding = s->view == TEXT ? "VNI" : NULL, .rules = rules};
    struct reading_options options = {.dialect = DIALECT_NORTH,
                                      .sentence_pause_ms = 400,
                                      .block_pause_ms = 650,
                                      .title_pause_ms = 900};
    assert_int_equal(article_from_bytes(&a, "sample", sv_of(s->text), &reading, &e), STATUS_OK);
    normalize_article(&a, rules, &options);
    if (s->view == SPOKEN)
        see_spoken(&a, out);
    else if (s->view == TEXT)
        buf_add_sv(out, a.text);
    else if (s->view == DOUBTS)
        see_doubts(&a, rules, &options, out);
    for (size_t i = 0; s->view == PAUSES && i < a.sentences.n; i++)
        buf_addf(out, "[%u]", a.sentences.at[i].pause_ms);
    for (size_t i = 0; s->view == SKIPPED && i < a.skipped.n; i++)
        buf_addf(out, "[%s: %.*s]", skip_word(a.skipped.at[i].reason),
                 SV_ARG(sv_at(a.text, a.skipped.at[i].text)));
    article_free(&a);
}

static void see_engine_text(const struct sample *s, const struct rules *rules, struct buf *out)
{
    struct synth_word word = {.spoken = sv_of(s->text)};
    uint32_t position;
    engine_text_prepare(rules, DIALECT_SOUTH, &word, 1, out, &position);
}

static void see_score(const struct sample *s, const struct rules *rules, struct buf *out)
{
    struct likeness l;
    struct encoding plain = {FORM_UTF8, LETTERS_PLAIN};
    likeness_load(&l, rules);
    struct sv text = sv_of(s->text);
    buf_addf(out, "known %u", likeness_score(&l, NULL, plain, text, 0, text.n).known);
    likeness_free(&l);
}

static void see_names(const struct sample *s, const struct rules *rules, struct buf *out)
{
    struct sv text = sv_of(s->text);
    struct named_character c = named_character_at(rules, DOCBAO_LETTERS_BE, text);
    if (s->view == KEYS)
        key_add_name(rules, DOCBAO_LETTERS_BE, text, out);
    else
        character_add_name(rules, DOCBAO_LETTERS_BE, &c, false, out);
}

static void see(const struct sample *s, const struct rules *rules, struct buf *out)
{
    if (s->view == SCORE)
        see_score(s, rules, out);
    else if (s->view == NAMES || s->view == KEYS)
        see_names(s, rules, out);
    else if (s->view == ENGINE)
        see_engine_text(s, rules, out);
    else
        see_article(s, rules, out);
}

static void load(const struct folder *f, struct rules **rules)
{
    struct err e = ERR_INIT;
    const char *const folders[] = {f ? f->path : NULL, NULL};
    if (rules_load(rules, folders, &e))
        fail_msg("%s:%u:%u: %s", e.file.p, e.line, e.column, e.message.p);
}

static void overlay_changes_what_comes_out(enum rule_table which)
{
    const struct sample *s = &samples[which];
    struct folder f;
    struct rules *ours, *theirs;
    struct buf without = BUF_INIT, with = BUF_INIT;
    folder_make(&f);
    folder_write(&f, which, sv_of(s->row));
    load(NULL, &ours);
    load(&f, &theirs);
    see(s, ours, &without);
    see(s, theirs, &with);
    if (sv_find(buf_sv(&with), sv_of(s->expected)) < 0 || sv_eq(buf_sv(&with), buf_sv(&without)))
        fail_msg("%s: with the row: %s; without it: %s", table_definitions[which].file, with.p,
                 without.p);
    rules_free(ours);
    rules_free(theirs);
    folder_remove(&f);
    buf_free(&with);
    buf_free(&without);
}

static void every_table_can_be_overlaid(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        if (!samples[i].row)
            fail_msg("%s has no sample in this test", table_definitions[i].file);
        overlay_changes_what_comes_out((enum rule_table)i);
    }
}

/* ---- what is refused ---- */

/* Cells that a check refuses, with a part of the message. */
static const struct bad_cell {
    enum cell_check check;
    const char *cell, *message;
} bad_cells[] = {
    {CHECK_TEXT, "a  b", "two spaces together"},
    {CHECK_TEXT, "e\xCC\x81", "composed Unicode (NFC)"},
    {CHECK_TEXT, "\xFF", "not valid UTF-8"},
    {CHECK_TEXT, "a\x01z", "control character"},
    {CHECK_LOWER, "Hà", "write the column"},
    {CHECK_READING, "km", "is no Vietnamese syllable"},
    {CHECK_READING, "Hà nội", "has a capital letter"},
    {CHECK_READING, "=sing", "is not allowed in the column"},
    {CHECK_SYLLABLE, "km", "is no Vietnamese syllable"},
    {CHECK_SYLLABLE, "Hà", "has a capital letter"},
    {CHECK_RESPELLING, "[[]]", "is no Vietnamese syllable"},
    {CHECK_RESPELLING, "Hà", "has a capital letter"},
    {CHECK_RESPELLING, "[[a]]HOA[[b]]", "not a run of phonemes"},
    {CHECK_RESPELLING, "[[ă]]", "not a run of phonemes"},
    {CHECK_PHONEMES, "a b", "not a run of phonemes"},
    {CHECK_PHONEMES, "ă", "not a run of phonemes"},
    {CHECK_SOUNDS, "kờ", "is not a sound"},
    {CHECK_SOUNDS, "K", "is not a sound"},
    {CHECK_SOUNDS, "ê/", "is not a sound"},
    {CHECK_KIND, "sort", "is not allowed in the column"},
    {CHECK_KINDS, "sort", "is not allowed in the column"},
    {CHECK_CONTEXT, "A", "has a capital letter"},
    {CHECK_PHRASES, "Hà; nội", "has a capital letter"},
    {CHECK_NUMBER, "99999", "a whole number from"},
    {CHECK_NUMBER, "-99999", "a whole number from"},
    {CHECK_NUMBER, "2x", "a whole number from"},
    {CHECK_NUMBER, "-", "a whole number from"},
    {CHECK_CHARACTERS, "abc", "too long for the column"},
    {CHECK_LOWER_LETTER, "ab", "is not a letter"},
    {CHECK_LOWER_LETTER, "A", "has a capital letter"},
    {CHECK_WESTERN, "ế", "is not in windows-1252"},
    {CHECK_WESTERN, "abc", "too long for the column"},
};

/* Loads the table with these bytes and expects the complaint at the place. */
static void expect_refusal(enum rule_table which, struct sv bytes, uint32_t line, uint32_t column,
                           const char *message)
{
    struct folder f;
    struct rules *rules;
    struct err e = ERR_INIT;
    folder_make(&f);
    folder_write(&f, which, bytes);
    const char *const folders[] = {f.path, NULL};
    if (!rules_load(&rules, folders, &e))
        fail_msg("%s took, but must refuse:\n%s", table_definitions[which].file, bytes.p);
    assert_null(rules);
    assert_int_equal(e.status, STATUS_USAGE);
    if (!sv_ends(buf_sv(&e.file), sv_of(table_definitions[which].file)) || e.line != line ||
        e.column != column || sv_find(buf_sv(&e.message), sv_of(message)) < 0)
        fail_msg("%s:%u:%u: %s; expected %u:%u: %s, for\n%s", e.file.p, e.line, e.column,
                 e.message.p, line, column, message, bytes.p);
    err_free(&e);
    folder_remove(&f);
}

/* A comment, then the sample's row with another cell in that column. */
static void row_with(enum rule_table which, uint32_t column, const char *cell, struct buf *out)
{
    struct sv rest = sv_of(samples[which].row);
    buf_adds(out, "# a comment\n");
    for (uint32_t c = 0; c < table_definitions[which].column_count; c++) {
        struct sv old = rest.p ? sv_cut(&rest, '\t') : SV("");
        buf_adds(out, c ? "\t" : "");
        buf_add_sv(out, c == column ? sv_of(cell) : old);
    }
    buf_putc(out, '\n');
}

static void expect_bad_cell(enum rule_table which, uint32_t column, const char *cell,
                            const char *message)
{
    struct buf bytes = BUF_INIT;
    row_with(which, column, cell, &bytes);
    expect_refusal(which, buf_sv(&bytes), 2, column + 1, message);
    buf_free(&bytes);
}

/* Tries the cells that the column's check refuses, and those that every check does. Returns how
 * many were of its own. */
static unsigned try_bad_cells(enum rule_table which, uint32_t column)
{
    const struct column_definition *d = &table_definitions[which].columns[column];
    unsigned tried = 0;
    for (size_t i = 0; i < sizeof bad_cells / sizeof *bad_cells; i++) {
        const struct bad_cell *b = &bad_cells[i];
        if (b->check != d->check && b->check != CHECK_TEXT)
            continue;
        expect_bad_cell(which, column, b->cell, b->message);
        tried += b->check == d->check;
    }
    return tried;
}

static void cells_too_long_are_refused(void **state)
{
    (void)state;
    struct buf cell = BUF_INIT;
    while (cell.n <= TABLE_LONGEST_CELL)
        buf_adds(&cell, "mưa ");
    buf_adds(&cell, "to");
    expect_bad_cell(TABLE_LOANWORDS, LOANWORDS_SPOKEN, cell.p, "bytes; at most 2000 are allowed");
    buf_free(&cell);
}

static void every_check_of_every_column_refuses(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TABLE_COUNT; i++)
        for (uint32_t c = 0; c < table_definitions[i].column_count; c++) {
            if (!try_bad_cells((enum rule_table)i, c))
                fail_msg("the check of %s, column %u, has no bad cell in this test",
                         table_definitions[i].file, c + 1);
            if (c && !table_definitions[i].columns[c].optional)
                expect_bad_cell((enum rule_table)i, c, "", "is empty; fill it in");
        }
}

static void every_table_refuses_rows_twice_and_columns_too_many(void **state)
{
    (void)state;
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        const char *row = samples[i].row;
        struct buf twice = BUF_INIT, wide = BUF_INIT;
        buf_addf(&twice, "%s\n\n%s\n", row, row);
        expect_refusal((enum rule_table)i, buf_sv(&twice), 3, 1, "in line 1 already");
        uint32_t columns = table_definitions[i].column_count;
        for (uint32_t c = 0; c < columns; c++)
            buf_adds(&wide, "a\t");
        buf_adds(&wide, "a\n");
        expect_refusal((enum rule_table)i, buf_sv(&wide), 1, columns + 1, "more than");
        buf_free(&twice);
        buf_free(&wide);
    }
}

/* The kinds that a column takes of a set that others use whole. */
static void only_allowed_kinds(void **state)
{
    (void)state;
    expect_bad_cell(TABLE_CURRENCIES, CURRENCIES_KIND, "physical", "these are: glued");
    expect_bad_cell(TABLE_FOREIGN_SYLLABLES, FOREIGN_SYLLABLES_ORIGIN, "en", "these are: zh, ko");
    expect_bad_cell(TABLE_UNITS, UNITS_KIND, "si:", "is not allowed");
    expect_bad_cell(TABLE_CODE_TYPES, CODE_TYPES_SPOKEN, "=spell", "is not allowed");
}

/* Rows of the first folder hide those of the second and ours with the same first column. */
static void earlier_folders_win(void **state)
{
    (void)state;
    struct folder first, second;
    struct rules *rules;
    struct err e = ERR_INIT;
    folder_make(&first);
    folder_make(&second);
    folder_write(&first, TABLE_UNITS, SV("km\tdặm\tphysical\n"));
    folder_write(&second, TABLE_UNITS, SV("km\tlý\tphysical\nzq\tsải\tphysical\n"));
    const char *const folders[] = {first.path, second.path, NULL};
    assert_int_equal(rules_load(&rules, folders, &e), STATUS_OK);
    const struct row *row = rules_find(rules, TABLE_UNITS, SV("km"));
    assert_true(sv_is(row_text(row, UNITS_SPOKEN), "dặm"));
    assert_null(row_next(row));
    assert_true(sv_is(row_text(rules_find(rules, TABLE_UNITS, SV("zq")), UNITS_SPOKEN), "sải"));
    assert_true(sv_is(row_text(rules_find(rules, TABLE_UNITS, SV("m")), UNITS_SPOKEN), "mét"));
    rules_free(rules);
    folder_remove(&first);
    folder_remove(&second);
}

/* A table that is overlaid with a comment alone is as it was. */
/* Every key of these tables is found by the word that it begins with; a key of several words also
 * as a longer one. */
static void expect_heads(const struct rules *rules, enum rule_table which, unsigned head)
{
    const struct packed_table *table = rules_table(rules, which);
    for (uint32_t i = 0; i < table->rows; i++) {
        struct sv key = row_text(packed_row(table, i), table->key);
        if (!rules_may_begin(rules, key, head))
            fail_msg("%s: no head for %.*s", table_definitions[which].file, SV_ARG(key));
        if (memchr(key.p, ' ', key.n) && !rules_may_begin(rules, key, HEAD_LONGER(head)))
            fail_msg("%s: no longer head for %.*s", table_definitions[which].file, SV_ARG(key));
    }
}

static void every_key_has_its_head(void **state)
{
    (void)state;
#define EXPECT_HEADS(id) expect_heads(NULL, TABLE_##id, HEAD_##id);
    HEAD_TABLES(EXPECT_HEADS)
#undef EXPECT_HEADS
    /* In any case, before anything that is no letter; what begins with none may be a key. */
    assert_true(rules_may_begin(NULL, SV("NGÀY 5/6"), HEAD_CUES));
    assert_true(rules_may_begin(NULL, SV("ngày5"), HEAD_CUES));
    assert_true(rules_may_begin(NULL, SV("(ngày)"), HEAD_CUES));
    assert_true(rules_may_begin(NULL, SV(""), HEAD_CUES));
    assert_true(rules_may_begin(NULL, SV("nghiêngnghiêngnghiêngnghiêng"), HEAD_CUES));
    assert_false(rules_may_begin(NULL, SV("ngàyx"), HEAD_CUES));
    assert_false(rules_may_begin(NULL, SV("ngày"), HEAD_PAPERS));
    assert_true(rules_may_begin(NULL, SV("the"), HEAD_ORIGINS)); /* ^the$ */
    /* "°C" begins with no letter, "km" is the whole of its key. */
    assert_false(rules_may_begin(NULL, SV("kmx"), HEAD_UNITS));
}

static void heads_of_an_overlay_are_its_own(void **state)
{
    (void)state;
    struct folder f;
    struct rules *rules;
    folder_make(&f);
    folder_write(&f, TABLE_CUES, SV("zqkx bốn\tdate\n"));
    load(&f, &rules);
    assert_true(rules_may_begin(rules, SV("Zqkx"), HEAD_LONGER(HEAD_CUES)));
    assert_true(rules_may_begin(rules, SV("ngày"), HEAD_CUES));
    assert_false(rules_may_begin(NULL, SV("Zqkx"), HEAD_CUES));
    rules_free(rules);
    folder_remove(&f);
}

static void empty_overlay_changes_nothing(void **state)
{
    (void)state;
    struct folder f;
    struct rules *rules;
    folder_make(&f);
    for (unsigned i = 0; i < TABLE_COUNT; i++)
        folder_write(&f, (enum rule_table)i, SV("# nothing\n"));
    load(&f, &rules);
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        const struct packed_table *a = rules_table(NULL, (enum rule_table)i);
        const struct packed_table *b = rules_table(rules, (enum rule_table)i);
        assert_ptr_not_equal(a, b);
        size_t words = 256 + (size_t)a->mask + 1 + (size_t)a->rows * packed_stride(a->columns);
        assert_int_equal(a->rows, b->rows);
        assert_int_equal(a->length, b->length);
        assert_memory_equal(a->words, b->words, words * sizeof *a->words + a->length);
    }
    rules_free(rules);
    folder_remove(&f);
}

static void missing_folder_is_named(void **state)
{
    (void)state;
    struct rules *rules;
    struct err e = ERR_INIT;
    const char *const folders[] = {"/no-such-folder", NULL};
    assert_int_equal(rules_load(&rules, folders, &e), STATUS_USAGE);
    assert_non_null(strstr(e.message.p, "/no-such-folder"));
    err_free(&e);
}

/* A row of abbreviations.tsv that is always taken: nothing has to be around it. */
static bool is_always_taken(const struct row *row)
{
    return !row_text(row, ABBREVIATIONS_CUES).n &&
           !(row_kinds(row) & ~(uint64_t)(SPELLED | SPELLED_FOREIGN));
}

/* No meaning of an abbreviation stands behind one that is always taken: it would never be. */
static void every_meaning_is_reached(void **state)
{
    (void)state;
    struct rules *rules;
    struct err e = ERR_INIT;
    assert_int_equal(rules_load(&rules, NULL, &e), STATUS_OK);
    const struct packed_table *t = rules_table(rules, TABLE_ABBREVIATIONS);
    for (uint32_t i = 0; i < t->rows; i++) {
        const struct row *row = packed_row(t, i);
        struct sv written = row_text(row, ABBREVIATIONS_WRITTEN);
        if (is_always_taken(row) && row_next(row))
            fail_msg("a row of %.*s stands behind one without cues", (int)written.n, written.p);
    }
    rules_free(rules);
    err_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_name_their_columns),
        cmocka_unit_test(every_file_is_defined),
        cmocka_unit_test(tables_are_documented),
        cmocka_unit_test(kinds_do_not_overlap),
        cmocka_unit_test(every_table_can_be_overlaid),
        cmocka_unit_test(cells_too_long_are_refused),
        cmocka_unit_test(every_check_of_every_column_refuses),
        cmocka_unit_test(every_table_refuses_rows_twice_and_columns_too_many),
        cmocka_unit_test(only_allowed_kinds),
        cmocka_unit_test(earlier_folders_win),
        cmocka_unit_test(every_key_has_its_head),
        cmocka_unit_test(heads_of_an_overlay_are_its_own),
        cmocka_unit_test(empty_overlay_changes_nothing),
        cmocka_unit_test(missing_folder_is_named),
        cmocka_unit_test(every_meaning_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

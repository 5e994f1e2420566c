# The module of speech-dispatcher, as the server uses it.
. "${0%/*}/lib.sh"
command -v python3 >/dev/null || skip "python3 is not installed"
module=$(dirname "$DOCBAO")/sd_docbao
python3 -Bu "$SOURCE/tests/e2e/sd_docbao.py" "$module" "$HELPERS/../engine_program" \
    "$HELPERS/../libsherpa_stand_in_1.13.8.so" || failures=$((failures + 1))
finish

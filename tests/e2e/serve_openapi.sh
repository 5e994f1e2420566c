# The description of the API (docs/openapi.yaml) and the server say the same (serve_openapi.py).
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"
python=/usr/bin/python3
"$python" -c 'import jsonschema, yaml; jsonschema.Draft202012Validator' 2>/dev/null ||
    skip "python3 has no jsonschema and yaml; ./dev deps gets them"

token_file=$tmp/token
begin --token-file "$token_file" --jobs 1
open=$web
state=guarded
begin --token-file "$token_file" --ask-token --max-bytes 100000
timeout 250 "$python" -B "$SOURCE/tests/e2e/serve_openapi.py" "$SOURCE" "$open" "$token" "$web" >out 2>&1 ||
    fail "the description and the server differ: $(head -40 out)"
finish

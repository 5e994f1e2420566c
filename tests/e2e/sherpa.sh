# The engine "sherpa" with the true library of sherpa-onnx and a toy model, which this script makes:
# each sound of the text is a step of its own level. `./dev deps` fetches the library; python3-onnx
# writes the model.
. "${0%/*}/lib.sh"
library="${DOCBAO_SHERPA:-$SOURCE/build-sherpa/package/libsherpa-onnx-c-api.so}"
[ -r "$library" ] || skip "sherpa-onnx is not there: $library (./dev deps fetches it, where npm is)"
/usr/bin/python3 -c 'import onnx' 2>err || skip "python3-onnx is not there, which makes the model"
data=
for folder in /usr/lib/*/espeak-ng-data /usr/lib/espeak-ng-data /usr/share/espeak-ng-data; do
    [ ! -r "$folder/vi_dict" ] || data=$folder
done
[ -n "$data" ] || skip "the data of espeak-ng is not where this test looks"

/usr/bin/python3 - toy.onnx tokens.txt <<'EOF' || fail "the model cannot be made"
import sys
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

def constant(name, values, kind):
    return numpy_helper.from_array(np.array(values, dtype=kind), name)

# 600 frames times the wanted length for each token, at the level of its number.
nodes = [
    helper.make_node("Cast", ["input"], ["level"], to=TensorProto.FLOAT),
    helper.make_node("Mul", ["level", "unit"], ["small"]),
    helper.make_node("Gather", ["scales", "one"], ["longer"], axis=0),
    helper.make_node("Mul", ["longer", "frames"], ["wanted"]),
    helper.make_node("Cast", ["wanted"], ["each"], to=TensorProto.INT64),
    helper.make_node("Shape", ["input"], ["shape"]),
    helper.make_node("Concat", ["shape", "each"], ["whole"], axis=0),
    helper.make_node("Unsqueeze", ["small", "two"], ["column"]),
    helper.make_node("Expand", ["column", "whole"], ["steps"]),
    helper.make_node("Reshape", ["steps", "flat"], ["output"]),
]
graph = helper.make_graph(
    nodes, "toy",
    [helper.make_tensor_value_info("input", TensorProto.INT64, ["batch", "tokens"]),
     helper.make_tensor_value_info("input_lengths", TensorProto.INT64, ["batch"]),
     helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3])],
    [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch", 1, 1, "time"])],
    [constant("unit", 0.004, np.float32), constant("one", [1], np.int64), constant("frames", [600.0], np.float32),
     constant("two", [2], np.int64), constant("flat", [1, 1, 1, -1], np.int64)])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
model.ir_version = 8
for key, value in {"model_type": "vits", "comment": "piper", "language": "Vietnamese", "voice": "vi",
                   "has_espeak": "1", "n_speakers": "1", "sample_rate": "22050"}.items():
    entry = model.metadata_props.add()
    entry.key, entry.value = key, value
onnx.checker.check_model(model)
onnx.save(model, sys.argv[1])
symbols = "_^$ !',-.:;?abcdefghijklmnopqrstuvwxyzɐɑɒɓɔɕɖɗəɛɜɟɡɣɤɨɪɯɲŋɔʂʃʈʊʋʌʐʒʔˈˌːˀ̪͡12345670"
with open(sys.argv[2], "w", encoding="utf-8") as tokens:
    for number, symbol in enumerate(dict.fromkeys(symbols)):
        tokens.write(f"{symbol} {number}\n")
EOF

mkdir -p "$XDG_CONFIG_HOME/docbao/voices"
file="$XDG_CONFIG_HOME/docbao/voices/toy.voice"
cat >"$file" <<EOF
[voice]
description = Giọng đồ chơi
engine = sherpa
licence = CC0
dialect = north
gender = female
[speech]
rate = 200
[pause]
sentence = 350
block = 650
title = 900
[sherpa]
model = $tmp/toy.onnx
tokens = $tmp/tokens.txt
data = $data
library = $library
EOF
expect 0 "$DOCBAO" voices
tab=$(printf '\t')
grep -q "^toy$tab.*${tab}sherpa${tab}works${tab}CC0$tab$file\$" out || fail "the list has $(grep toy out)"

sample="$samples/tin-ngan.txt"
expect 0 "$DOCBAO" save --stats --raw --voice toy "$sample" -o a.wav
says '"lost": 0'
[ "$(stat -c %s a.wav)" -gt 100000 ] || fail "there is little sound"
expect 0 "$DOCBAO" save --raw --voice toy --jobs 2 "$sample" -o b.wav
cmp a.wav b.wav || fail "the same sentences, other bytes"
expect 0 "$DOCBAO" save --raw --voice toy --rate 200 --style plain "$sample" -o fast.wav
[ "$(stat -c %s fast.wav)" -lt "$(($(stat -c %s a.wav) * 6 / 10))" ] || fail "twice as fast is not much shorter"
expect 0 "$DOCBAO" save --raw --voice toy --captions json "$sample" -o c.wav
grep -q '"words":\[' c.json || fail "no words in the captions"

# A model that is none: the library says so, or ends; the message names what to look at.
head -c 300 toy.onnx >cut.onnx
sed -i "s/toy.onnx/cut.onnx/" "$file"
expect 1 "$DOCBAO" save --raw --voice toy "$sample" -o x.wav
says 'model'
finish

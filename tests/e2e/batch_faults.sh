# Many articles where the disk is full, the folder is closed, or a file is changed while it is read:
# only whole files are left, and the next run makes the folder as if nothing had happened.
. "${0%/*}/lib.sh"
mounted=
cleanup='[ -z "$mounted" ] || umount "$mounted"'
mkdir bai
for i in 1 2 3; do
    printf '# Bản tin %s\n\nHôm nay trời nắng đẹp, bà con ra đồng. Đây là tin số %s.\n' $i $i >bai/$i.md
done

# run FOLDER FORMAT PROFILE
run() {
    "$DOCBAO" batch bai -o "$1" --name "{name}.$2" --captions vtt --jobs 2 $3 >out 2>err </dev/null
}
# whole FOLDER MODEL: what is in the folder is in the model, with the same bytes.
whole() {
    for file in "$1"/* "$1"/.[!.]*; do
        case $file in
        */\* | */.\[!.\]\* | */docbao.log.jsonl) continue ;;
        esac
        cmp "$file" "$2/${file##*/}" || fail "$3: $file is not whole"
    done
}
same() {
    whole "$1" "$2" "$3"
    [ "$(ls -A "$1" | grep -vc '^docbao')" = "$(ls -A "$2" | grep -vc '^docbao')" ] ||
        fail "$3: $(ls -A "$1")"
}

# No file may grow beyond so many blocks: the sound in its making, what waits for its loudness, the
# captions, the log.
# With sanitizers, which make it eight times slower, fewer formats.
formats='wav flac ogg opus mp3 m4a' rounds='1 2 3 4 5 6'
[ -z "${ASAN_OPTIONS:-}" ] || formats='wav ogg mp3' rounds='1 2 3'
for format in $formats; do
    for profile in '' '--profile podcast'; do
        case $profile-$format in --profile*-ogg | --profile*-opus | --profile*-flac) continue ;; esac
        rm -rf model ra
        run model $format "$profile"
        code=$?
        if [ $code = 1 ] && grep -q 'docbao-aac' err; then
            continue # built without it
        fi
        [ $code = 0 ] || fail "$format $profile: exit $code: $(cat err)"
        for blocks in 0 1 30; do
            (ulimit -f $blocks && run ra $format "$profile")
            code=$?
            case $code in
            0) ;;
            # In files of no length there is no place for messages either.
            2 | 3) [ -s err ] || [ $blocks = 0 ] || fail "$format: a full disk without a word" ;;
            *) fail "$format, at most $blocks blocks: exit $code: $(cat err)" ;;
            esac
            [ $blocks -gt 0 ] || [ $code != 0 ] || fail "$format in files of no length: exit 0"
            whole ra model "$format, at most $blocks blocks"
        done
        run ra $format "$profile" || fail "$format after a full disk: exit $?: $(cat err)"
        same ra model "$format after a full disk"
        run ra $format "$profile"
        grep -q 'skipped *3' out || fail "$format is made again after a full disk: $(cat out err)"
    done
done

# A disk that is full, and one that may only be read, where this user may make one.
mkdir disk
if mount -t tmpfs -o size=128k none disk 2>/dev/null; then
    mounted=$tmp/disk
    rm -rf model
    run model wav ''
    run disk/ra wav ''
    code=$?
    [ $code = 3 ] || [ $code = 2 ] || fail "a full disk: exit $code: $(cat err)"
    says 'No space left'
    whole disk/ra model 'a full disk'
    mount -o remount,size=8m disk
    run disk/ra wav '' || fail "after the disk had room: exit $?: $(cat err)"
    same disk/ra model 'after the disk had room'
    mount -o remount,ro disk
    run disk/ra wav ''
    code=$?
    [ $code = 2 ] || fail "a disk that may only be read: exit $code"
    says 'Read-only'
    umount disk
    mounted=
fi
mkdir closed
chmod 555 closed
if ! touch closed/a 2>/dev/null; then
    run closed wav ''
    code=$?
    [ $code = 2 ] || fail "a closed folder: exit $code"
    says 'Permission denied'
fi
chmod 755 closed
rm -f closed/a

# What was read is what is spoken, and what the key is of.
printf 'Bản thứ nhất của bài này.\n' >first
printf 'Bản thứ hai của bài này dài hơn.\n' >second
mkdir doi
for version in first second; do
    cp $version doi/a.txt
    expect 0 "$DOCBAO" batch doi -o doi-$version --name '{name}.wav'
    sed 's/.*"key"/"key"/' doi-$version/docbao.log.jsonl >$version.key
done
cmp -s doi-first/a.wav doi-second/a.wav && fail "both versions sound alike"
while :; do
    for version in first second; do
        cp $version next
        mv next doi/a.txt
    done
done &
changing=$!
for _ in $rounds; do
    expect 0 "$DOCBAO" batch doi -o doi-ra --name '{name}.wav'
    tail -n 1 doi-ra/docbao.log.jsonl | sed 's/.*"key"/"key"/' >key
    version=second
    cmp -s key first.key && version=first
    cmp key $version.key || fail "the key is of neither version"
    cmp doi-ra/a.wav doi-$version/a.wav || fail "the key is of another version than the sound"
done
kill $changing
wait $changing 2>/dev/null
finish

# --control: another program steers the real one, and hears what is heard.
. "${0%/*}/lib.sh"
command -v perl >/dev/null || skip "no perl is here, which speaks to the socket"
unset DBUS_SESSION_BUS_ADDRESS
long_article >long.txt

# Says each line of standard input and waits for its answer; prints all that comes.
cat >client.pl <<'END'
use strict; use warnings; use IO::Socket::UNIX; use IO::Select;
my $socket; my $tries = 0;
until ($socket = IO::Socket::UNIX->new(Peer => $ARGV[0])) { die "no socket" if $tries++ > 100; select undef, undef, undef, 0.1 }
$socket->autoflush(1); $| = 1;
my $select = IO::Select->new($socket); my $held = '';
sub line {
    while (1) {
        if ($held =~ s/^(.*)\n//) { my $line = $1; print "$line\n"; return $line }
        return undef unless $select->can_read(10);
        sysread $socket, $held, 4096, length $held or return undef;
    }
}
sub wait_for { my $what = shift; while (defined(my $line = line())) { return if $line =~ $what } die "no $what" }
while (my $command = <STDIN>) {
    chomp $command;
    if ($command =~ /^until (.*)/) { wait_for(qr/$1/) } else { print $socket "$command\n"; wait_for(qr/"ok"|"error"/) }
}
while (defined line()) { }
END

"$DOCBAO" play --ui none --device null:realtime --control socket long.txt >out 2>err </dev/null &
player=$!
cat >talk <<'END'
until "event":"sentence"
{"command":"pause","id":7}
until "state":"paused"
{"command":"go","sentence":20}
until "sentence":20
{"command":"speed","percent":150}
{"command":"status","id":"s"}
{"command":"search","text":"mua"}
{"command":"fly"}
not json
{"command":"play"}
until "event":"word"
{"command":"quit"}
END
if ! timeout 60 perl client.pl socket <talk >told; then
    fail "the talk broke off: $(tail -n 3 told)"
    kill $player
fi
tr -d ' ' <told >packed
wait $player
code=$?
[ $code = 0 ] || fail "exit $code: $(head -c 300 err)"
[ -s out ] && fail "--ui none prints"
[ -e socket ] && fail "the socket was left behind"
head -n 1 packed | grep -q '"event":"hello"' || fail "no greeting: $(head -n 1 told)"
grep -q '"ok":true,"id":7' packed || fail "no answer with its id"
grep '"id":"s"' packed | grep -q '"speed":150' || fail "the status is not the one after the command"
[ "$(grep -c '"error"' packed)" = 2 ] || fail "not two errors: $(grep '"error"' told)"

# A socket in use is refused.
"$DOCBAO" play --ui none --device null:realtime --control socket long.txt >out 2>err </dev/null &
player=$!
tries=0
until [ -S socket ] || [ $tries -gt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
expect 1 "$DOCBAO" play --device null --control socket long.txt
kill $player
wait $player
[ $? = 4 ] || fail "SIGTERM does not end it with 4"
[ -e socket ] && fail "the socket was left behind by a signal"
finish

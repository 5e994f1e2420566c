# One batch on two machines by GNU parallel over ssh: two servers on loopback stand for them. The
# folder must be that of one process.
. "${0%/*}/lib.sh"
PATH=$PATH:/usr/sbin:/sbin
for command in sshd ssh ssh-keygen parallel; do
    command -v $command >/dev/null || skip "there is no $command"
done
. "$SOURCE/tests/cluster/articles.sh"

# sshd wants this folder where it runs as root, and refuses relative paths to itself.
made=
if [ "$(id -u)" = 0 ] && [ ! -d /run/sshd ]; then
    mkdir -p /run/sshd && made=/run/sshd
fi
servers=
stop_servers() {
    for machine in may-1 may-2; do
        [ ! -S "$machine.link" ] || ssh -F ssh_config -O exit $machine 2>/dev/null
    done
    for process in $servers; do
        kill "$process" 2>/dev/null
        wait "$process" 2>/dev/null
    done
    [ -z "$made" ] || rmdir "$made" 2>/dev/null
}
cleanup=stop_servers

ssh-keygen -q -t ed25519 -N '' -f host || skip "no key could be made"
ssh-keygen -q -t ed25519 -N '' -f user
sshd=$(command -v sshd)

# server NAME: starts one at a port that is free, and adds it to the configuration of ssh.
server() {
    for try in 1 2 3 4 5 6 7 8 9 10; do
        port=$(od -An -N2 -tu2 /dev/urandom | awk '{ print 20000 + $1 % 12000 }')
        printf '%s\n' "Port $port" 'ListenAddress 127.0.0.1' "HostKey $tmp/host" "PidFile none" \
            "AuthorizedKeysFile $tmp/user.pub" 'StrictModes no' 'PasswordAuthentication no' \
            'KbdInteractiveAuthentication no' 'PermitRootLogin prohibit-password' 'UsePAM no' \
            'PrintMotd no' 'UseDNS no' >"$1.conf"
        "$sshd" -D -e -f "$tmp/$1.conf" 2>"$1.log" &
        process=$!
        printf '%s\n' "Host $1" ' HostName 127.0.0.1' " Port $port" " User $(id -un)" \
            " IdentityFile $tmp/user" ' IdentitiesOnly yes' ' BatchMode yes' ' LogLevel ERROR' \
            ' StrictHostKeyChecking no' " UserKnownHostsFile $tmp/known" ' ConnectTimeout 60' \
            ' ControlMaster auto' " ControlPath $tmp/$1.link" ' ControlPersist 120' \
            >"$1.ssh"
        for wait in 1 2 3 4 5 6 7 8 9 10; do
            sleep 0.2
            kill -0 $process 2>/dev/null || break
            if ssh -F "$1.ssh" "$1" true 2>ssh.log </dev/null; then
                servers="$servers $process"
                cat "$1.ssh" >>ssh_config
                return 0
            fi
            grep -q 'Permission denied' ssh.log && break
        done
        kill $process 2>/dev/null
        wait $process 2>/dev/null
        grep -q 'Permission denied' ssh.log && break
    done
    skip "no ssh server for this user can be had on loopback: $(tail -n 1 "$1.log" ssh.log)"
}
server may-1
server may-2

expect 0 "$DOCBAO" batch list -o mot
expect 0 timeout 200 parallel --will-cite --ssh "ssh -F $tmp/ssh_config" -S 1/may-1,1/may-2 \
    --wd "$tmp" --joblog joblog \
    env "HOME=$HOME" "XDG_CONFIG_HOME=$XDG_CONFIG_HOME" "$DOCBAO" batch list -o chung \
    --shard '{}/5' --jobs 1 ::: 1 2 3 4 5
same_sounds mot chung
for machine in may-1 may-2; do
    grep -q "$machine" joblog || fail "$machine got no work: $(cat joblog)"
done
finish

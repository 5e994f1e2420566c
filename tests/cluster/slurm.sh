# One batch as an array of Slurm, on a cluster of one node that is made here, without the services of
# the machine, and ended again. Needs root. The folder must be that of one process.
. "$SOURCE/tests/e2e/lib.sh"
PATH=$PATH:/usr/sbin:/sbin
for command in munged slurmctld slurmd sbatch scontrol; do
    command -v $command >/dev/null || skip "there is no $command"
done
[ "$(id -u)" = 0 ] || skip "Slurm for all users of a machine needs root"
. "$SOURCE/tests/cluster/articles.sh"

# In reverse: what needs another ends before it.
services=
stop_services() {
    for process in $services; do
        kill "$process" 2>/dev/null
        wait "$process" 2>/dev/null
    done
}
cleanup=stop_services
service() {
    "$@" >>"${1##*/}.log" 2>&1 </dev/null &
    services="$! $services"
}

chmod 711 "$tmp"
mkdir munge state spool
head -c 1024 /dev/urandom >munge/key
chmod 600 munge/key
export SLURM_CONF="$tmp/slurm.conf"
node=$(hostname -s)
port=$(od -An -N2 -tu2 /dev/urandom | awk '{ print 20000 + $1 % 12000 }')
cat >slurm.conf <<END
ClusterName=docbao
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$tmp/munge/socket
CredType=cred/munge
SlurmctldPort=$port
SlurmdPort=$((port + 1))
StateSaveLocation=$tmp/state
SlurmdSpoolDir=$tmp/spool
SlurmctldPidFile=$tmp/slurmctld.pid
SlurmdPidFile=$tmp/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
ReturnToService=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=1000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES State=UP
END
service munged --foreground --force --key-file="$tmp/munge/key" --socket="$tmp/munge/socket" \
    --log-file="$tmp/munge/log" --pid-file="$tmp/munge/pid" --seed-file="$tmp/munge/seed"
tries=0
while [ $tries -lt 50 ] && [ ! -S munge/socket ]; do
    tries=$((tries + 1))
    sleep 0.2
done
service slurmctld -D -f "$tmp/slurm.conf"
service slurmd -D -f "$tmp/slurm.conf"
tries=0
while [ $tries -lt 60 ] && ! scontrol show node "$node" 2>/dev/null | grep -q 'State=IDLE'; do
    tries=$((tries + 1))
    sleep 0.5
done
scontrol show node "$node" 2>&1 | grep -q 'State=IDLE' ||
    fail "the node did not come up: $(tail -n 3 slurmctld.log slurmd.log)"

cat >job <<END
#!/bin/sh
#SBATCH --array=1-5
#SBATCH --mem=100
#SBATCH --cpus-per-task=1
#SBATCH --output=$tmp/job.%a
exec "$DOCBAO" batch list -o chung --shard \$SLURM_ARRAY_TASK_ID/\$SLURM_ARRAY_TASK_COUNT
END
expect 0 "$DOCBAO" batch list -o mot
expect 0 timeout 120 sbatch --wait job
same_sounds mot chung
[ "$(ls chung/docbao.log.*-of-5.jsonl | wc -l)" = 5 ] || fail "the logs: $(ls chung) $(cat job.*)"
finish

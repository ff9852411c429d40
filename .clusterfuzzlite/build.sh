#!/bin/bash -eu
# Runs inside the image of the Dockerfile beside it.
exec "$SRC/interlock/tools/build_fuzzers"

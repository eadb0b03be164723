#!/bin/sh
# Stands in for the C compiler of another system: a type-check compiles no C, but the build scripts of some crates
# insist on it. Preprocessing is real, by this system's compiler; everything else leaves an empty file behind.
previous= preprocess=
for word in "$@"; do
    case "$previous" in -o | -MF) : > "$word" ;; esac
    case "$word" in
        -E) preprocess=yes ;;
        # Asked only to see whether this is Microsoft's.
        '-?') exit 1 ;;
        --version | -dumpmachine) exec cc "$word" ;;
    esac
    previous=$word
done
[ -n "$preprocess" ] || exit 0

# What names the other system means nothing to this one's compiler.
words= skip=
for word in "$@"; do
    if [ -n "$skip" ]; then
        skip=
        continue
    fi
    case "$word" in
        -arch | -isysroot | -target) skip=yes ;;
        --target=* | -m*) ;;
        *) words="$words $word" ;;
    esac
done
# Split on purpose: no path of a build folder has blanks here, or the build scripts fail with a clear message.
# shellcheck disable=SC2086
exec cc $words

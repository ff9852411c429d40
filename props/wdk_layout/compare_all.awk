# Compares the numbers of the first file (Windows) with those of the second (ours). A name that the
# kernel's and the user's headers of mingw-w64 give different numbers has two that are right.
BEGIN {
    while ((getline line < explained) > 0)
        if (line !~ /^(#|$)/) { split(line, word, " "); why[word[1] " " word[2]] = line }
}
{ number = $NF; name = $0; sub(/ [^ ]+$/, "", name); sub(/(struct|union) /, "", name) }
NR == FNR { right[name] = right[name] " " number " "; next }
!(name in right) || name in seen { next }
{
    seen[name] = 1
    ++compared[$1]
    if (index(right[name], " " number " ")) next
    if (name in why) { ++reasons; used[name] = 1; next }
    print name " is " number "; on Windows it is" right[name]
    ++wrong
}
END {
    for (name in why) {
        if (name in used) continue
        print "differences.txt explains " name ", which does not differ"
        ++wrong
    }
    printf "wdk_layout_all: %d structures, %d members, %d constants compared; ", \
        compared["size"], compared["offset"], compared["value"]
    printf "%d differ and are explained, %d are wrong\n", reasons, wrong
    exit wrong > 0 || compared["size"] < 90 || compared["offset"] < 550 || compared["value"] < 900
}

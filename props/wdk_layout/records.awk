# The layouts that clang dumps, as "<struct|union> <tag> <member>" and "<struct|union> <tag> -".
# Members of unnamed structures inside count as members; bit-fields have no address and do not.
/^\*\*\* Dumping AST Record Layout/ { tag = ""; next }
tag == "" && /^ +[0-9]+ \| (struct|union) / {
    split($0, half, " \\| ")
    count = split(half[2], word, " ")
    if (count != 2 || half[2] ~ /[(:]/) { tag = "?"; next }
    tag = word[1] " " word[2]
    print tag, "-"
    transparent = 1
    next
}
tag == "" || tag == "?" { next }
/^ +[0-9]+(:[0-9-]+)? \| / {
    split($0, half, " \\| ")
    match(half[2], /^ */)
    depth = RLENGTH / 2
    if (depth > transparent) next
    transparent = depth
    if (half[2] ~ /\(anonymous [^)]*\) *$/) { transparent = depth + 1; next }
    count = split(half[2], word, " ")
    if (half[1] !~ /:/ && word[count] ~ /^[A-Za-z_][A-Za-z_0-9]*$/) print tag, word[count]
}

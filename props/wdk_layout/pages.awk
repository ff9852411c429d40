# Compares the numbers of our headers (second file) with the rows of pages.txt (first file), for all
# that is compared with nothing else.
/^(#|$)/ { next }
NR == FNR { row[$1 " " $2] = $3; mark[$1 " " $2] = $4; if (NF < 5) { bad($1 " " $2 " has no source") }; next }
{
    kind = $1 == "size" ? "structure" : $1 == "offset" ? "member" : $1 == "value" ? "constant" : ""
    if (kind == "") next
    name = $0; sub(/^[a-z]+ /, "", name); sub(/ [^ ]+$/, "", name); sub(/^(struct|union) /, "", name)
    key = kind " " name
    if (key in seen) next
    seen[key] = 1
    if (!(key in row)) { bad(key " is compared with nothing, and pages.txt has no row for it"); next }
    if (row[key] != $NF) { bad(key " is " $NF "; pages.txt says " row[key]); next }
    ++count[mark[key], kind]
}
function bad(text) { print text; ++wrong }
function told(mark) {
    return sprintf("%d structures, %d members, %d constants %s", count[mark, "structure"],
        count[mark, "member"], count[mark, "constant"], mark)
}
END {
    for (key in row) if (!(key in seen)) bad("pages.txt has a row for " key ", which needs none")
    printf "wdk_layout_all: by page: %s; %s; %s; %s\n", told("checked"), told("named"), \
        told("unchecked"), told("ours")
    exit wrong > 0 || count["checked", "structure"] < 40 || count["checked", "constant"] < 150
}

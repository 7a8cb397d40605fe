# Sampson's monastery by the package sna of R: whom each of 18 novices named as liked at the third asking (Sampson 1968, UCINET's SAMPLK3,
# any rank as 1), in the groups of the study: 7 loyal, 7 young Turks, 4 outcasts.
#
#     Rscript sna_sampson.R < sampson.txt > sna_sampson.tsv
#
# sampson.txt has a line `source target` for each arc, ends numbered from 1. Out come, for each novice, betweenness along arcs, then counts,
# expectations and standard scores of the roles coordinator (w_I), itinerant (w_O), gatekeeper (b_OI), representative (b_IO) and liaison
# (b_O); at last the triad census. The versions stand in the first line.
suppressMessages(library(sna))
net <- matrix(0, 18, 18)
for (line in readLines(file("stdin"))) {
  ends <- as.integer(strsplit(line, " ")[[1]])
  net[ends[1], ends[2]] <- 1
}
groups <- rep(1:3, c(7, 7, 4))
roles <- c("w_I", "w_O", "b_OI", "b_IO", "b_O")
result <- brokerage(net, groups)
between <- betweenness(net, gmode = "digraph")
cat(sprintf("# %s, sna %s\n", R.version.string, packageVersion("sna")))
for (i in seq_len(18)) {
  values <- c(between[i], result$raw.nli[i, roles], result$exp.nli[i, roles], result$z.nli[i, roles])
  cat(sprintf("%.12g", values), sep = "\t")
  cat("\n")
}
census <- triad.census(net, mode = "digraph")
cat("census", sprintf("%s=%d", colnames(census), as.integer(census)), sep = "\t")
cat("\n")

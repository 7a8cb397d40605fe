# Brokerage by the package sna of R, for the counts, expectations and standard scores of Gould and Fernandez.
#
#     Rscript sna_brokerage.R < EDGES > VALUES.tsv
#
# EDGES has a line `source target` for each arc, ends numbered from 1, the first line the number of actors. Actor i is of
# group (i - 1) mod 3. Out come, for each actor, raw counts, expectations and standard scores of the roles coordinator (w_I),
# itinerant (w_O), gatekeeper (b_OI), representative (b_IO) and liaison (b_O). The versions stand in the first line.
suppressMessages(library(sna))
lines <- readLines(file("stdin"))
count <- as.integer(lines[1])
net <- matrix(0, count, count)
for (line in lines[-1]) {
  ends <- as.integer(strsplit(line, " ")[[1]])
  net[ends[1], ends[2]] <- 1
}
diag(net) <- 0
result <- brokerage(net, (seq_len(count) - 1) %% 3)
cat(sprintf("# %s, sna %s\n", R.version.string, packageVersion("sna")))
roles <- c("w_I", "w_O", "b_OI", "b_IO", "b_O")
group <- as.character((seq_len(count) - 1) %% 3)
for (i in seq_len(count)) {
  raw <- result$raw.nli[i, roles]
  cat(c(raw, sprintf("%.12g", result$exp.nli[i, roles]), sprintf("%.12g", result$z.nli[i, roles])), sep = "\t")
  cat("\n")
}

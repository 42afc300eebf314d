# Writes data frames of R's packages as CSV: Rscript export.R FOLDER PACKAGE SET [PACKAGE SET ...]
words <- commandArgs(trailingOnly = TRUE)
pairs <- matrix(words[-1], ncol = 2, byrow = TRUE)
for (i in seq_len(nrow(pairs))) {
  place <- new.env()
  data(list = pairs[i, 2], package = pairs[i, 1], envir = place)
  frame <- as.data.frame(get(pairs[i, 2], envir = place))
  write.csv(frame, file.path(words[1], paste0(pairs[i, 1], "-", pairs[i, 2], ".csv")), row.names = FALSE, na = "")
}

/** How a sheet can be written; `markdown` is its source, `answers` a file for a learner to fill in. */
export const sheetFormats: readonly ["text", "html", "latex", "markdown", "answers"] = [
  "text",
  "html",
  "latex",
  "markdown",
  "answers",
];

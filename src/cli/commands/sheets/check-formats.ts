/** How the result of `check` can be written. */
export const checkFormats: readonly ["text", "json", "csv"] = ["text", "json", "csv"];

/** One of them. */
export type CheckFormat = (typeof checkFormats)[number];

/** How a sheet can be written. */
export const sheetFormats: readonly ["text", "html", "latex"] = ["text", "html", "latex"];

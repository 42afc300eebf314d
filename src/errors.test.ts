import { describe, expect, test } from "vitest";
import { BackpassError, changed, DataError, errorFromJson, type Fault, internalError, SheetError } from "./errors.ts";

const fault: Fault = { where: ["train", "epochs"], expected: "1 or more", got: "0", advice: "Give a whole number." };

describe("an error", () => {
  test("composes its sentence of its parts", () => {
    const error = new DataError(fault);
    expect(error.message).toBe("train: epochs: expected 1 or more, got 0. Give a whole number.");
    expect(error.reason).toBe("expected 1 or more, got 0. Give a whole number.");
    expect(error).toMatchObject({ ...fault, code: "data", name: "DataError", file: null, place: null });
  });

  test("names the file and the place in it before what it is about", () => {
    const error = new DataError({ ...fault, where: 'given "net"', file: "a.md", place: { line: 3, column: 5 } });
    expect(error.message).toMatch(/^a\.md: line 3, column 5: given "net": expected 1 or more/);
    expect(new DataError({ ...fault, where: "", place: { line: 3 } }).message).toMatch(/^line 3: expected/);
  });

  test("ends after what was there when there is no advice", () => {
    expect(new DataError({ ...fault, advice: " " }).message).toBe("train: epochs: expected 1 or more, got 0.");
  });

  test("takes no more than line and column from what knows its place", () => {
    const token = { line: 2, column: 7, text: "x" };
    const error = new SheetError({ expected: "a name", got: "none", advice: "Write one.", place: token });
    expect(error.place).toEqual({ line: 2, column: 7 });
    expect(error.message).toBe("line 2, column 7: expected a name, got none. Write one.");
  });

  test("is its parts in JSON, and comes back from them", () => {
    const error = new DataError({ ...fault, file: "a.csv" });
    const json = JSON.parse(JSON.stringify(error)) as ReturnType<BackpassError["toJSON"]>;
    expect(json).toEqual({
      code: "data",
      message: error.message,
      file: "a.csv",
      place: null,
      where: ["train", "epochs"],
      expected: "1 or more",
      got: "0",
      advice: "Give a whole number.",
      details: {},
    });
    expect(errorFromJson(json)).toEqual(error);
    expect(errorFromJson(json)).toBeInstanceOf(DataError);
  });

  test("keeps its class when some of its parts change", () => {
    const error = changed(new DataError(fault), { file: "a.csv", where: "row 3" });
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toBe("a.csv: row 3: expected 1 or more, got 0. Give a whole number.");
    expect(changed(new DataError(fault), { file: "a.csv" }).where).toEqual(["train", "epochs"]);
  });

  test("of the library itself asks to be reported", () => {
    const error = internalError("no layer 3.");
    expect(error.message).toBe("internal: no layer 3. Please report this.");
    expect(error).toMatchObject({ code: "internal", expected: "", got: "" });
    expect(error).toBeInstanceOf(BackpassError);
  });
});

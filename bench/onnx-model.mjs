// A network as an ONNX file: a Gemm and an activation for each layer. Protocol buffers are written here by hand, since of them
// so little is needed; the numbers of the fields are those of onnx.proto3.

const utf8 = new TextEncoder();

function varint(value) {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Uint8Array.from([...bytes, left]);
    bytes.push((left % 128) | 128);
  }
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A field that is a number; or text, bytes or a message. */
const number = (field, value) => joined([varint(8 * field), varint(value)]);
const bytes = (field, value) => joined([varint(8 * field + 2), varint(value.length), value]);
const text = (field, value) => bytes(field, utf8.encode(value));
const message = (field, ...parts) => bytes(field, joined(parts));

const FLOAT = 1;
const INT = 2;

/** TensorProto */
const tensor = (name, shape, values) =>
  message(
    5,
    ...shape.map((size) => number(1, size)),
    number(2, FLOAT),
    text(8, name),
    bytes(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  );

/** NodeProto */
const node = (operation, inputs, output, ...attributes) =>
  message(1, ...inputs.map((name) => text(1, name)), text(2, output), text(4, operation), ...attributes);

/** AttributeProto with a whole number */
const attribute = (name, value) => message(5, text(1, name), number(3, value), number(20, INT));

/** ValueInfoProto of rows of so many numbers, as many rows as there are */
const rows = (field, name, width) => {
  const shape = message(2, message(1, text(2, "rows")), message(1, number(1, width)));
  return message(field, text(1, name), message(2, message(1, number(1, FLOAT), shape)));
};

const operations = { relu: "Relu", sigmoid: "Sigmoid", softmax: "Softmax" };

/** The file of a net (see nets.mjs): rows `x` in, rows `a` out. */
export function onnxModel({ widths, activation, output }, layers) {
  const last = layers.length - 1;
  const parts = layers.flatMap(({ weights, biases }, i) => [
    node("Gemm", [i === 0 ? "x" : `a${i}`, `w${i + 1}`, `b${i + 1}`], `z${i + 1}`, attribute("transB", 1)),
    node(operations[i < last ? activation : output], [`z${i + 1}`], i < last ? `a${i + 1}` : "a"),
    tensor(`w${i + 1}`, [biases.length, widths[i]], weights),
    tensor(`b${i + 1}`, [biases.length], biases),
  ]);
  const graph = message(7, ...parts, text(2, "network"), rows(11, "x", widths[0]), rows(12, "a", widths.at(-1)));
  return joined([number(1, 7), graph, message(8, text(1, ""), number(2, 13))]);
}

// onnxruntime-node, Microsoft's runtime in C++: a session of the same network, a tensor made of the rows at each call.
import ort from "onnxruntime-node";
import { onnxModel } from "../../onnx-model.mjs";

export async function open({ net, layers, inputs, rows }, { threads }) {
  const options = { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: "sequential" };
  const session = await ort.InferenceSession.create(onnxModel(net, layers), options);
  const shape = [rows, net.widths[0]];
  let answers;
  return {
    run: async (times) => {
      for (let i = 0; i < times; i++) {
        const { a } = await session.run({ x: new ort.Tensor("float32", inputs, shape) });
        answers = a.data;
      }
    },
    answers: () => answers,
  };
}

// TensorFlow.js: fused layers on tensors that are made of the rows at each call, and read back.
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../tfjs.mjs";

export async function open({ net, layers, inputs, rows }, { backend }) {
  await startBackend(backend);
  const { widths, activation, output } = net;
  const tensors = layers.map(({ weights, biases }, i) => ({
    w: tf.transpose(tf.tensor2d(weights, [biases.length, widths[i]])),
    b: tf.tensor1d(biases),
  }));
  const last = layers.length - 1;
  const forward = () =>
    tf.tidy(() => {
      let a = tf.tensor2d(inputs, [rows, widths[0]]);
      for (const [i, { w, b }] of tensors.entries()) {
        const own = i < last ? activation : output === "softmax" ? "linear" : output;
        a = tf.fused.matMul({ a, b: w, bias: b, activation: own });
      }
      return output === "softmax" ? tf.softmax(a) : a;
    });
  let answers;
  return {
    run: (times) => {
      for (let i = 0; i < times; i++) {
        const a = forward();
        answers = a.dataSync();
        a.dispose();
      }
    },
    answers: () => answers,
  };
}

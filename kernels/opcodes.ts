export * from "../src/engine/wasm/opcodes";

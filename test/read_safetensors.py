"""Reads a safetensors file with nothing but Python 3: prints its tensors and metadata as JSON.

Independent of Backpass's own reader, to check its writer. Numbers are printed as hexadecimal bytes, lowest byte first,
so that the comparison is to the bit; `digest` is the file's SHA-256 with zeros in place of the saved one.
"""
import hashlib, json, struct, sys

file = open(sys.argv[1], "rb").read()
(length,) = struct.unpack("<Q", file[:8])
header, data = json.loads(file[8 : 8 + length].decode("utf-8")), file[8 + length :]
metadata = header.pop("__metadata__", {})
tensors = {}
for name, entry in header.items():
    begin, end = entry["data_offsets"]
    letter, size = {"F32": ("f", 4), "F64": ("d", 8)}[entry["dtype"]]
    values = struct.unpack(f"<{(end - begin) // size}{letter}", data[begin:end])
    tensors[name] = {"shape": entry["shape"], "values": [struct.pack("<d", value).hex() for value in values]}
zeroed = file.replace(metadata["sha256"].encode(), b"0" * 64, 1)
digest = hashlib.sha256(zeroed).hexdigest()
print(json.dumps({"dataAt": 8 + length, "tensors": tensors, "metadata": metadata, "digest": digest}))

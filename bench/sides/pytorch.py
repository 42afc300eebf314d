"""PyTorch, eager, as its own tutorials train: functional layers, an optimizer, gradients set to None.

Speaks as side-process.mjs says. Its argument is the same JSON text.
"""

import json
import sys
import time

import numpy
import torch
import torch.nn.functional as functional

job = json.loads(sys.argv[1])
net = job["net"]
torch.set_num_threads(job["settings"]["threads"])
widths, batch, batches = net["widths"], net["batch"], net["batches"]
is_classifier = net["cost"] == "crossEntropy"
is_adam = net["optimizer"] == "adam"


def read_task():
    numbers = numpy.fromfile(job["file"], dtype="<f4")
    at = 0

    def take(*shape):
        nonlocal at
        count = int(numpy.prod(shape))
        at += count
        return torch.from_numpy(numbers[at - count : at].reshape(shape).copy())

    parameters = []
    for inputs, units in zip(widths, widths[1:]):
        parameters += [take(units, inputs), take(units)]
    rows = batch * batches
    inputs = take(rows, widths[0])
    targets = take(rows).long() if is_classifier else take(rows, widths[-1])
    return parameters, inputs, targets


parameters, inputs, targets = read_task()
for parameter in parameters:
    parameter.requires_grad_(True)
layers = list(zip(parameters[::2], parameters[1::2]))
hidden = torch.relu if net["activation"] == "relu" else torch.sigmoid
make_optimizer = torch.optim.Adam if is_adam else torch.optim.SGD
optimizer = make_optimizer(parameters, lr=net["learningRate"])
done = 0


def output_of(x):
    for weights, biases in layers[:-1]:
        x = hidden(functional.linear(x, weights, biases))
    return functional.linear(x, *layers[-1])


def cost_of(x, t):
    z = output_of(x)
    if is_classifier:
        return functional.cross_entropy(z, t)
    return (torch.sigmoid(z) - t).square().sum() * (0.5 / batch)


def step():
    global done
    start = done % batches * batch
    done += 1
    optimizer.zero_grad(set_to_none=True)
    cost = cost_of(inputs[start : start + batch], targets[start : start + batch])
    cost.backward()
    optimizer.step()
    return cost


def say(value):
    print(json.dumps(value), flush=True)


def summary_of(tensor):
    values = tensor.detach().flatten()
    stride = -(-len(values) // 512)
    return {"sample": values[::stride].tolist(), "sum": values.double().sum().item()}


def timed(request):
    warm_up_until = time.perf_counter() + request["warmUpSeconds"]
    while True:
        step()
        if time.perf_counter() >= warm_up_until:
            break
    steps, start = 0, time.perf_counter()
    while True:
        step()
        steps += 1
        elapsed = time.perf_counter() - start
        if elapsed >= request["seconds"] and steps >= request["leastSteps"]:
            return {"steps": steps, "seconds": elapsed}


def learn(validation):
    """Epochs until that part of the validation images is right; tells each."""
    numbers = torch.from_numpy(numpy.fromfile(validation["file"], dtype="<f4"))
    rows = validation["rows"]
    images, labels = numbers[: rows * widths[0]].reshape(rows, -1), numbers[rows * widths[0] :].long()
    for epoch in range(1, validation["mostEpochs"] + 1):
        for _ in range(batches):
            step()
        with torch.no_grad():
            accuracy = (output_of(images).argmax(1) == labels).double().mean().item()
        say({"epoch": epoch, "accuracy": accuracy})
        if accuracy >= validation["wanted"]:
            return


def main():
    if "validation" in job:
        learn(job["validation"])
        return
    if job.get("isFirstStepOnly"):
        step()
        say({})
        return
    costs = [step().item() for _ in range(3)]
    say({"costs": costs, "arrays": [summary_of(parameter) for parameter in parameters]})
    line = sys.stdin.readline()
    if line:
        say(timed(json.loads(line)))


if __name__ == "__main__":
    main()

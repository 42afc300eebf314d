/*
 * FANN (libfann, float32). Every batch is a data set of its own, trained for one epoch by its batch algorithm, which is one
 * step of gradient descent on the mean of the examples' costs; a batch of one by its incremental algorithm, the same step.
 *
 * Arguments: file, batch, batches, learning rate, widths. Speaks as side-process.mjs says.
 */
#include <floatfann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHECKED_STEPS = 3, MOST_LAYERS = 16, SAMPLES = 512 };

static unsigned int widths[MOST_LAYERS];
static unsigned int layers;
static struct fann *ann;
static struct fann_train_data **data;
static unsigned int batches;
static unsigned long done;

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void fail(const char *what) {
    fprintf(stderr, "fann: %s\n", what);
    exit(1);
}

static void read_floats(FILE *file, float *to, size_t count) {
    if (fread(to, sizeof(float), count, file) != count) fail("the file is too short");
}

/* Where FANN keeps the weight from neuron k of the layer before to neuron j of layer l; the bias counts as the last k. */
static fann_type *weight(unsigned int l, unsigned int j, unsigned int k) {
    return ann->weights + ann->first_layer[l].first_neuron[j].first_con + k;
}

static void read_network(FILE *file) {
    for (unsigned int l = 1; l < layers; l++) {
        for (unsigned int j = 0; j < widths[l]; j++) read_floats(file, weight(l, j, 0), widths[l - 1]);
        for (unsigned int j = 0; j < widths[l]; j++) read_floats(file, weight(l, j, widths[l - 1]), 1);
    }
}

static void read_data(FILE *file, unsigned int batch) {
    data = malloc(batches * sizeof *data);
    for (unsigned int i = 0; i < batches; i++) data[i] = fann_create_train(batch, widths[0], widths[layers - 1]);
    for (unsigned int i = 0; i < batches * batch; i++)
        read_floats(file, data[i / batch]->input[i % batch], widths[0]);
    for (unsigned int i = 0; i < batches * batch; i++)
        read_floats(file, data[i / batch]->output[i % batch], widths[layers - 1]);
}

/* C of a batch before its update: FANN tells the mean square over outputs, too. */
static double step(void) { return fann_train_epoch(ann, data[done++ % batches]) * widths[layers - 1] / 2; }

/* One array of parameters: evenly spaced numbers from it, and its sum. */
static void say_array(unsigned int l, int is_bias, const char *after) {
    unsigned int columns = is_bias ? 1 : widths[l - 1];
    unsigned long length = (unsigned long)widths[l] * columns;
    unsigned long stride = (length + SAMPLES - 1) / SAMPLES;
    double sum = 0;
    printf("{\"sample\":[");
    for (unsigned long i = 0; i < length; i++) {
        float value = *weight(l, i / columns, is_bias ? widths[l - 1] : i % columns);
        sum += value;
        if (i % stride == 0) printf("%s%.9g", i == 0 ? "" : ",", value);
    }
    printf("],\"sum\":%.17g}%s", sum, after);
}

static void say_check(void) {
    printf("{\"costs\":[");
    for (int i = 0; i < CHECKED_STEPS; i++) printf("%s%.9g", i == 0 ? "" : ",", step());
    printf("],\"arrays\":[");
    for (unsigned int l = 1; l < layers; l++) {
        say_array(l, 0, ",");
        say_array(l, 1, l + 1 == layers ? "" : ",");
    }
    printf("]}\n");
    fflush(stdout);
}

static double number(const char *line, const char *name) {
    const char *at = strstr(line, name);
    if (at == NULL) fail("a number is missing in the request");
    return strtod(strchr(at, ':') + 1, NULL);
}

static void time_steps(const char *line) {
    double warm_up = number(line, "\"warmUpSeconds\""), seconds = number(line, "\"seconds\"");
    double least = number(line, "\"leastSteps\"");
    unsigned long steps = 0;
    double from = now(), elapsed;
    unsigned long chunk = 1;
    while ((elapsed = now() - from) < warm_up) {
        for (unsigned long i = 0; i < chunk; i++) step();
        steps += chunk;
        if (chunk < steps) chunk *= 2;
    }
    chunk = elapsed > 0 && steps * seconds / elapsed / 20 > 1 ? steps * seconds / elapsed / 20 : 1;
    steps = 0;
    from = now();
    do {
        for (unsigned long i = 0; i < chunk; i++) step();
        steps += chunk;
        elapsed = now() - from;
    } while (elapsed < seconds || steps < least);
    printf("{\"steps\":%lu,\"seconds\":%.9g}\n", steps, elapsed);
}

int main(int count, char **words) {
    if (count < 7) fail("expected file, batch, batches, learning rate and two widths or more");
    unsigned int batch = atoi(words[2]);
    batches = atoi(words[3]);
    for (int i = 5; i < count && layers < MOST_LAYERS; i++) widths[layers++] = atoi(words[i]);
    FILE *file = fopen(words[1], "rb");
    if (file == NULL) fail("the file cannot be opened");
    ann = fann_create_standard_array(layers, widths);
    fann_set_activation_function_hidden(ann, FANN_SIGMOID);
    fann_set_activation_function_output(ann, FANN_SIGMOID);
    /* 1/(1 + e^(-2 s z)) */
    fann_set_activation_steepness_hidden(ann, 0.5);
    fann_set_activation_steepness_output(ann, 0.5);
    fann_set_train_error_function(ann, FANN_ERRORFUNC_LINEAR);
    fann_set_training_algorithm(ann, batch == 1 ? FANN_TRAIN_INCREMENTAL : FANN_TRAIN_BATCH);
    fann_set_learning_rate(ann, atof(words[4]));
    fann_set_learning_momentum(ann, 0);
    read_network(file);
    read_data(file, batch);
    fclose(file);

    say_check();
    char line[1000];
    if (fgets(line, sizeof line, stdin) != NULL) time_steps(line);
    return 0;
}

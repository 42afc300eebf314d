"""scikit-learn's multi-layer perceptron at its defaults on one file.

python3 peer.py TRAIN.csv TEST.csv TARGET TASK prints the score on TEST as JSON: accuracy, or R².

What a careful user writes around it: numbers standardized, missing ones replaced by the median, words one-hot, columns of words
with more different values than half the rows left out, a numeric target standardized.
"""

import json
import sys
import warnings

import pandas
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.simplefilter("ignore", ConvergenceWarning)
warnings.simplefilter("ignore", UserWarning)


def score(train_path, test_path, target, task):
    train, test = pandas.read_csv(train_path), pandas.read_csv(test_path)
    train, test = train.dropna(subset=[target]), test.dropna(subset=[target])
    inputs = train.drop(columns=[target])
    numbers = [name for name in inputs if pandas.api.types.is_numeric_dtype(inputs[name]) and inputs[name].notna().any()]
    words = [name for name in inputs if name not in numbers and 0 < inputs[name].nunique() <= len(inputs) / 2]
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (
                "words",
                make_pipeline(
                    SimpleImputer(strategy="constant", fill_value="missing"), OneHotEncoder(handle_unknown="ignore")
                ),
                words,
            ),
        ]
    )
    for frame in (train, test):
        frame[words] = frame[words].astype(object).where(frame[words].notna(), None).astype("string").astype(object)
        frame[words] = frame[words].where(frame[words].notna(), "missing")
    if task == "classification":
        model = make_pipeline(columns, MLPClassifier(random_state=1))
        return model.fit(train, train[target].astype(str)).score(test, test[target].astype(str))
    perceptron = make_pipeline(columns, MLPRegressor(random_state=1))
    model = TransformedTargetRegressor(perceptron, transformer=StandardScaler())
    return model.fit(train, train[target]).score(test, test[target])


if __name__ == "__main__":
    print(json.dumps(score(*sys.argv[1:5])))

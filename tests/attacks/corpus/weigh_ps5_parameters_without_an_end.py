# Parameters that are objects whose every attribute is another one, generators that never end, and five thousand layers.
# pset: ps5
# tests: l2_penalty data_loss initialize_mlp train_mlp
import itertools

import numpy as np

class Layer:
    def __getattr__(self, name):
        return Layer()

    def __len__(self):
        return 10**9

    def __getitem__(self, _):
        return Layer()

def initialize_mlp(features, hidden, classes, rng):
    return {f"W{k}": np.ones((1, 1)) for k in range(4_999)}

def l2_gradient(params, l2):
    return dict.fromkeys(params, Layer())

def l2_penalty(params, l2):
    return itertools.count()

def data_loss(params, X, y):
    return Layer(), {name: itertools.repeat(0.0) for name in params}

def train_mlp(params, *_):
    return {**params, **{(name, k): Layer() for name in params for k in range(1_000)}}

"""GramRidgeCV chooses as RidgeCV and RidgeClassifierCV do and predicts the same. usage: python3 test_same_estimator.py"""
import numpy as np
from sklearn.linear_model import RidgeCV, RidgeClassifierCV

from tabular_ridge import PENALTIES, GramRidgeCV

random = np.random.default_rng(1)
for n, width, outputs in ((400, 60, 1), (900, 200, 3), (300, 250, 4)):
    features = np.cos(random.standard_normal((n, width)) * 2) / np.sqrt(width)
    scores = features @ random.standard_normal((width, outputs)) + 0.1 * random.standard_normal((n, outputs))
    ours, theirs = GramRidgeCV().fit(features, scores), RidgeCV(PENALTIES).fit(features, scores)
    assert ours.alpha_ == theirs.alpha_, (ours.alpha_, theirs.alpha_)
    gap = np.abs(ours.predict(features) - theirs.predict(features).reshape(n, outputs)).max()
    assert gap < 1e-6, gap
    labels = scores.argmax(1) if outputs > 2 else None
    if labels is not None:
        targets = np.where(labels[:, None] == np.arange(outputs), 1.0, -1.0)
        ours, theirs = GramRidgeCV().fit(features, targets), RidgeClassifierCV(PENALTIES).fit(features, labels)
        assert ours.alpha_ == theirs.alpha_, (ours.alpha_, theirs.alpha_)
        assert (ours.predict(features).argmax(1) == theirs.predict(features)).all()
print("the same estimator")

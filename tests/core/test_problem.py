"""Problems as values."""

import pickle

from duban.core.problem import Problem, Refused


def test_a_refusal_comes_whole_out_of_another_process():
    refused = Refused(Problem("file.empty", "a.txt"), Problem("file.too_large", "b.txt", {"megabytes": 30}))
    again = pickle.loads(pickle.dumps(refused))
    assert again.problems == refused.problems
    assert str(again) == str(refused)

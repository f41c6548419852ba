"""The network as two ONNX graphs, written node by node: no tracing, the same weights give the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

from kg.nlp.lac import STATE_SIZE
from kg.nlp.learned.features import MARKS, TYPES
from kg.training.network import Net

_OPSET, _IR = 17, 9
_FLOAT, _INT64, _INT32 = TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32


def write(net: Net, folder: Path) -> None:
    """Write `characters.onnx` and `stretches.onnx` to a folder."""
    (folder / "characters.onnx").write_bytes(_characters(net).SerializeToString(deterministic=True))
    (folder / "stretches.onnx").write_bytes(_stretches(net).SerializeToString(deterministic=True))


def _characters(net: Net) -> onnx.ModelProto:
    """States, marks and codes (pieces, characters, …) → hidden, and the probabilities of the edges."""
    size = 2 * net.plan.hidden
    nodes = [
        helper.make_node("Gather", ["word", "words"], ["seen_words"]),
        helper.make_node("Gather", ["character", "characters"], ["seen_characters"]),
        helper.make_node("Concat", ["states", "marks", "seen_words", "seen_characters"], ["seen"], axis=2),
        helper.make_node("Transpose", ["seen"], ["steps"], perm=[1, 0, 2]),
        helper.make_node(
            "GRU",
            ["steps", "w", "r", "b", "lengths"],
            ["both"],
            direction="bidirectional",
            hidden_size=net.plan.hidden,
            linear_before_reset=1,
        ),
        helper.make_node("Transpose", ["both"], ["rows"], perm=[2, 0, 1, 3]),
        helper.make_node("Reshape", ["rows", "flat"], ["hidden"]),
        helper.make_node("MatMul", ["hidden", "edge"], ["weighed"]),
        helper.make_node("Add", ["weighed", "edge_bias"], ["logits"]),
        helper.make_node("Sigmoid", ["logits"], ["edges"]),
    ]
    w, r, b = _gru(net)
    weights = {
        "word": _array(net.word.weight),
        "character": _array(net.character.weight),
        "w": w,
        "r": r,
        "b": b,
        "flat": np.array([0, 0, size], np.int64),
        "edge": _array(net.edge.weight).T,
        "edge_bias": _array(net.edge.bias),
    }
    inputs = [
        _value("states", _FLOAT, ["pieces", "characters", STATE_SIZE]),
        _value("marks", _FLOAT, ["pieces", "characters", MARKS]),
        _value("words", _INT64, ["pieces", "characters"]),
        _value("characters", _INT64, ["pieces", "characters"]),
        _value("lengths", _INT32, ["pieces"]),
    ]
    outputs = [
        _value("hidden", _FLOAT, ["pieces", "characters", size]),
        _value("edges", _FLOAT, ["pieces", "characters", 2 * len(TYPES)]),
    ]
    return _model("characters", nodes, weights, inputs, outputs)


def _stretches(net: Net) -> onnx.ModelProto:
    """Hidden (characters, size), first and last of each stretch and its rules → the probabilities of each type."""
    size = 2 * net.plan.hidden
    node = helper.make_node
    nodes = [
        node("CumSum", ["hidden", "zero"], ["summed"]),
        node("Concat", ["none", "summed"], ["sums"], axis=0),
        node("Concat", ["none", "hidden", "none"], ["framed"], axis=0),
        node("Add", ["last", "one"], ["behind"]),
        node("Add", ["last", "two"], ["next"]),
        node("Sub", ["behind", "first"], ["widths"]),
        node("Gather", ["sums", "behind"], ["upper"]),
        node("Gather", ["sums", "first"], ["lower"]),
        node("Sub", ["upper", "lower"], ["total"]),
        node("Cast", ["widths"], ["counts"], to=_FLOAT),
        node("Unsqueeze", ["counts", "one"], ["column"]),
        node("Div", ["total", "column"], ["mean"]),
        node("Gather", ["hidden", "first"], ["opens"]),
        node("Gather", ["hidden", "last"], ["closes"]),
        node("Gather", ["framed", "first"], ["before"]),
        node("Gather", ["framed", "next"], ["after"]),
        node("Gather", ["width", "widths"], ["wide"]),
        node("Greater", ["rules", "nothing"], ["ruled"]),
        node("Cast", ["ruled"], ["proposed"], to=_FLOAT),
        node(
            "Concat",
            ["opens", "closes", "mean", "before", "after", "wide", "rules", "proposed"],
            ["all"],
            axis=1,
        ),
        node("Gemm", ["all", "first_weight", "first_bias"], ["inner"], transB=1),
        node("Relu", ["inner"], ["active"]),
        node("Gemm", ["active", "second_weight", "second_bias"], ["logits"], transB=1),
        node("Sigmoid", ["logits"], ["types"]),
    ]
    weights = {
        "zero": np.array(0, np.int64),
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
        "nothing": np.array(0, np.float32),
        "none": np.zeros((1, size), np.float32),
        "width": _array(net.width.weight),
        "first_weight": _array(net.first.weight),
        "first_bias": _array(net.first.bias),
        "second_weight": _array(net.second.weight),
        "second_bias": _array(net.second.bias),
    }
    inputs = [
        _value("hidden", _FLOAT, ["characters", size]),
        _value("first", _INT64, ["stretches"]),
        _value("last", _INT64, ["stretches"]),
        _value("rules", _FLOAT, ["stretches", len(TYPES)]),
    ]
    return _model("stretches", nodes, weights, inputs, [_value("types", _FLOAT, ["stretches", len(TYPES)])])


def _gru(net: Net) -> tuple[Any, Any, Any]:
    """Weights of both directions as ONNX wants them: update before reset, where torch has reset before update."""
    w, r, b = [], [], []
    for way in ("", "_reverse"):
        w.append(_turned(_array(getattr(net.gru, f"weight_ih_l0{way}"))))
        r.append(_turned(_array(getattr(net.gru, f"weight_hh_l0{way}"))))
        b.append(
            np.concatenate([_turned(_array(getattr(net.gru, f"bias_{x}_l0{way}"))) for x in ("ih", "hh")])
        )
    return np.stack(w), np.stack(r), np.stack(b)


def _turned(gates: Any) -> Any:
    reset, update, new = np.split(gates, 3)
    return np.concatenate([update, reset, new])


def _array(tensor: Tensor) -> Any:
    return tensor.detach().numpy().astype(np.float32)


def _value(name: str, kind: int, shape: list[Any]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _model(name: str, nodes: Any, weights: dict[str, Any], inputs: Any, outputs: Any) -> onnx.ModelProto:
    tensors = [numpy_helper.from_array(np.ascontiguousarray(a), n) for n, a in weights.items()]
    graph = helper.make_graph(nodes, name, inputs, outputs, tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="lianzhu")
    model.ir_version = _IR
    onnx.checker.check_model(model)
    return model

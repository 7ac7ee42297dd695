"""Voices small enough to make in a test, in the formats of the real ones; they hum rather than speak."""

import hashlib
import json
import math
import random
import struct
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from newscast.speech.voices import Voice, VoiceFile

RATE = 22_050
#: phoneme_id_map of the small Piper voice; no number is Piper's own, so that a fixed table would be noticed.
SYMBOLS = "_^$ !',-.:;?abdefhijklmnoprstuvwxzçŋɔəɛɡɪɲʃʊʒʔˈˌ\u0327c"
PIPER_IDS = {symbol: [5 + i] for i, symbol in enumerate(SYMBOLS)}


def card(folder: Path, engine: str, files: dict[str, bytes], **options: object) -> Voice:
    """A voice with these files, beside its card."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    listed = tuple(
        VoiceFile(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        for name, data in files.items()
    )
    return Voice(
        id=folder.name,
        name=engine,
        engine=engine,
        license="none",
        files=listed,
        folder=folder,
        options=options,
    )


def piper(folder: Path, speakers: int = 1, **options: object) -> Voice:
    """A network with Piper's inputs and output: each number hums at its own pitch for 35 ms."""
    config = {
        "audio": {"sample_rate": RATE, "quality": "medium"},
        "espeak": {"voice": "id"},
        "inference": {"noise_scale": 0.667, "length_scale": 1.25, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": PIPER_IDS,
        "num_symbols": 256,
        "num_speakers": speakers,
    }
    files = {"hum.onnx": piper_model(speakers), "hum.onnx.json": json.dumps(config).encode()}
    return card(folder, "piper", files, **{"model": "hum.onnx", **options})


def piper_model(speakers: int) -> bytes:
    """ONNX, with noise in the lengths and in the sound, as VITS has it; other speakers hum higher."""
    nodes: list[onnx.NodeProto] = []

    def node(kind: str, *inputs: str, **attributes: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [f"{kind}{len(nodes)}"], **attributes))
        return str(nodes[-1].output[0])

    constants = {
        "sound": [0.028 * RATE],  # samples of a number, times the length scale of 1.25
        "zero": [0.0],
        "one": [1.0],
        "some": [0.05],
        "lowest": [150.0],
        "step": [9.0],
        "turn": [2 * math.pi / RATE],
        "volume": [0.3],
    }
    stored = [numpy_helper.from_array(np.array(v, np.float32), k) for k, v in constants.items()]
    stored += [
        numpy_helper.from_array(np.array(v, np.int64), k)
        for k, v in {"axes": [0, 1, 2], "flat": [-1]}.items()
    ]
    noise, pace, chance = (node("Gather", "scales", node("Constant", value_ints=[i])) for i in range(3))
    jitter = node("Mul", node("Mul", node("RandomNormalLike", chance), chance), "some")
    each = node("Mul", node("Mul", "sound", pace), node("Add", "one", jitter))
    count = node("Cast", "input_lengths", to=TensorProto.FLOAT)
    scalar = node("Constant", value_ints=[0])
    last = node("Squeeze", node("Mul", each, count), scalar)
    time = node("Range", node("Squeeze", "zero", scalar), last, node("Squeeze", "one", scalar))
    place = node("Cast", node("Floor", node("Div", time, each)), to=TensorProto.INT64)
    numbers = node("Gather", node("Reshape", "input", "flat"), place)
    pitch = node("Add", "lowest", node("Mul", "step", node("Cast", numbers, to=TensorProto.FLOAT)))
    inputs = {"input": ["batch_size", "phonemes"], "input_lengths": ["batch_size"]}
    if speakers > 1:
        inputs["sid"] = ["batch_size"]
        pitch = node("Mul", pitch, node("Add", "one", node("Cast", "sid", to=TensorProto.FLOAT)))
    hum = node("Mul", node("Sin", node("Mul", node("Mul", time, pitch), "turn")), "volume")
    hiss = node("Mul", node("Mul", node("RandomNormalLike", hum), noise), "some")
    nodes.append(helper.make_node("Unsqueeze", [node("Add", hum, hiss), "axes"], ["output"]))
    graph = helper.make_graph(
        nodes,
        "hum",
        [
            *(helper.make_tensor_value_info(k, TensorProto.INT64, shape) for k, shape in inputs.items()),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, ["batch_size", 1, 1, None])],
        stored,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def sanotts(folder: Path, **options: object) -> Voice:
    """sanoTTS' networks with few and random weights: 2 or 3 frames of 256 samples for each number."""
    files = {"front_f32.bin": sanotts_front(), "dec_f32.bin": sanotts_decoder()}
    return card(folder, "sanotts", files, **options)


def sanotts_front() -> bytes:
    chance = random.Random(1)
    size, hidden, channels = 4, 3, 4
    duration = [122 * size, size * (size + 3), size, *_blocks(size), size, 1]
    acoustic = [122 * hidden, hidden * (hidden + 2), hidden, *_blocks(hidden)]
    acoustic += [hidden * (hidden + 3), hidden, *_blocks(hidden), channels * hidden, channels]
    tensors = [[chance.gauss(0, 0.5) for _ in range(count)] for count in [*duration, *acoustic]]
    tensors[len(duration) - 2] = [0.03] * size
    tensors[len(duration) - 1] = [math.log(2.2)]  # frames of a number
    header = [122, size, 1, 3, 313, 80, 122, hidden, 1, 1, 3, channels, 0, 0, 0]
    return _blob(b"RFNS", struct.pack("<15i", *header), tensors)


def sanotts_decoder() -> bytes:
    chance = random.Random(2)
    latent, channels = 4, (4, 4, 3, 2)
    counts = [channels[0] * latent * 7, channels[0]]
    for wide, narrow, width in zip(channels, channels[1:], (16, 16, 8), strict=False):
        counts += [wide * narrow * width, narrow]
        counts += [n for reach in (3, 5, 7) for n in (narrow * narrow * reach, narrow) * 2]
    counts += [channels[-1] * 7, 1]
    tensors = [[chance.gauss(0, 0.18) for _ in range(count)] for count in counts]
    header = struct.pack("<8if", latent, *channels, 0, 0, 9, 0.25)
    return _blob(b"LPNS", header, tensors)


def _blocks(size: int) -> list[int]:
    return [1, *(size * size * 3, size) * 2]


def _blob(magic: bytes, header: bytes, tensors: list[list[float]]) -> bytes:
    places, start = b"", 0
    for tensor in tensors:
        places += struct.pack("<2i", start, len(tensor))
        start += len(tensor)
    floats = b"".join(struct.pack(f"<{len(tensor)}f", *tensor) for tensor in tensors)
    return magic + struct.pack("<i", 1) + header + struct.pack("<i", len(tensors)) + places + floats


#: What the small Supertonic voice reads: the characters of a newsreader's line, and tags.
SUPERTONIC_SIGNS = "\"'(),-./:;<>?!abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ \u0301\u0300"


def supertonic(folder: Path, **options: object) -> Voice:
    """Four networks with Supertonic 3's inputs, outputs and shapes: each character hums for 70 ms."""
    indexer = [-1] * 0x400
    for number, sign in enumerate(SUPERTONIC_SIGNS):
        indexer[ord(sign)] = 3 + number
    chance = random.Random(3)
    style = {
        name: {
            "dims": dims,
            "data": _nested([round(chance.gauss(0, 0.1), 6) for _ in range(math.prod(dims))], dims),
            "type": "float32",
        }
        for name, dims in (("style_ttl", [1, 50, 256]), ("style_dp", [1, 8, 16]))
    }
    config = {
        "tts_version": "v1.7",
        "ttl": {"latent_dim": 24, "chunk_compress_factor": 6, "batch_size": 1},
        "ae": {"sample_rate": 44_100, "base_chunk_size": 512},
    }
    files = {
        "duration_predictor.onnx": _supertonic_duration(),
        "text_encoder.onnx": _supertonic_encoder(),
        "vector_estimator.onnx": _supertonic_estimator(),
        "vocoder.onnx": _supertonic_vocoder(),
        "tts.json": json.dumps(config).encode(),
        "unicode_indexer.json": json.dumps(indexer).encode(),
        "F1.json": json.dumps(style).encode(),
    }
    return card(folder, "supertonic", files, **{"style": "F1.json", "steps": 3, **options})


def _nested(numbers: list[float], dims: list[int]) -> list[Any]:
    array = np.array(numbers).reshape(dims)
    return list(array.tolist())


class _Graph:
    """ONNX, node by node."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.stored: list[onnx.TensorProto] = []

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [f"{kind}{len(self.nodes)}"], **attributes))
        return str(self.nodes[-1].output[0])

    def store(self, value: Any, kind: type = np.float32) -> str:
        self.stored.append(numpy_helper.from_array(np.array(value, kind), f"stored{len(self.stored)}"))
        return str(self.stored[-1].name)

    def float(self, name: str) -> str:
        return self.node("Cast", name, to=TensorProto.FLOAT)

    def model(self, inputs: dict[str, list[Any]], output: str, shape: list[Any]) -> bytes:
        self.nodes.append(helper.make_node("Identity", [output], ["out"]))
        graph = helper.make_graph(
            self.nodes,
            "hum",
            [
                helper.make_tensor_value_info(
                    name, TensorProto.INT64 if name == "text_ids" else TensorProto.FLOAT, dims
                )
                for name, dims in inputs.items()
            ],
            [helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)],
            self.stored,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
        onnx.checker.check_model(model)
        return bytes(model.SerializeToString())


TEXT: dict[str, list[Any]] = {"text_ids": ["b", "t"], "text_mask": ["b", 1, "t"]}


def _supertonic_duration() -> bytes:
    """Seconds of the text: 70 ms a character, and a little by the style."""
    graph = _Graph()
    count = graph.node("ReduceSum", "text_mask", graph.store([1, 2], np.int64), keepdims=0)
    style = graph.node("ReduceMean", "style_dp", axes=[1, 2], keepdims=0)
    pace = graph.node("Add", graph.store(0.07), graph.node("Mul", style, graph.store(0.01)))
    return graph.model(TEXT | {"style_dp": ["b", 8, 16]}, graph.node("Mul", count, pace), ["b"])


def _supertonic_encoder() -> bytes:
    """Each character's number in 256 channels, moved a little by the style."""
    graph = _Graph()
    number = graph.node("Div", graph.float("text_ids"), graph.store(80.0))
    row = graph.node("Unsqueeze", number, graph.store([1], np.int64))
    wide = graph.node("Mul", row, graph.store(np.linspace(0.5, 1.5, 256).reshape(1, 256, 1)))
    style = graph.node("ReduceMean", "style_ttl", axes=[1, 2], keepdims=1)
    text = graph.node("Mul", graph.node("Add", wide, style), "text_mask")
    return graph.model(TEXT | {"style_ttl": ["b", 50, 256]}, text, ["b", 256, "t"])


def _supertonic_estimator() -> bytes:
    """Noise, brought one step nearer to the text stretched over its frames."""
    graph = _Graph()
    frames, signs = (
        graph.float(graph.node("Gather", graph.node("Shape", name), graph.store(2, np.int64)))
        for name in ("noisy_latent", "text_emb")
    )
    place = graph.node("Range", graph.store(0.0), frames, graph.store(1.0))
    at = graph.node("Floor", graph.node("Div", graph.node("Mul", place, signs), frames))
    text = graph.node("Gather", "text_emb", graph.node("Cast", at, to=TensorProto.INT64), axis=2)
    told = graph.node("Mul", graph.node("ReduceMean", text, axes=[1], keepdims=1), "latent_mask")
    style = graph.node("ReduceMean", "style_ttl", axes=[1, 2], keepdims=1)
    left = graph.node("Sub", "total_step", "current_step")
    way = graph.node("Sub", graph.node("Add", told, style), "noisy_latent")
    step = graph.node("Add", "noisy_latent", graph.node("Div", way, left))
    # A trace of the noise stays, as it does in the real one.
    mixed = graph.node("Add", step, graph.node("Mul", "noisy_latent", graph.store(0.01)))
    shown = graph.node("ReduceMean", "text_mask", axes=[1, 2], keepdims=1)
    inputs: dict[str, list[Any]] = {
        "noisy_latent": ["b", 144, "l"],
        "text_emb": ["b", 256, "t"],
        "style_ttl": ["b", 50, 256],
        "text_mask": ["b", 1, "t"],
        "latent_mask": ["b", 1, "l"],
        "current_step": ["b"],
        "total_step": ["b"],
    }
    return graph.model(inputs, graph.node("Mul", mixed, shown), ["b", 144, "l"])


def _supertonic_vocoder() -> bytes:
    """3,072 samples of a hum for each frame, as high as its channels say."""
    graph = _Graph()
    pitch = graph.node("ReduceMean", "latent", axes=[1], keepdims=0)
    hertz = graph.node("Add", graph.store(200.0), graph.node("Mul", pitch, graph.store(400.0)))
    each = graph.node("Unsqueeze", hertz, graph.store([2], np.int64))
    time = graph.store(np.arange(3_072).reshape(1, 1, -1) * 2 * math.pi / 44_100)
    hum = graph.node("Sin", graph.node("Mul", each, time))
    loud = graph.node("Mul", hum, graph.store(0.3))
    return graph.model(
        {"latent": ["b", 144, "l"]}, graph.node("Reshape", loud, graph.store([1, -1], np.int64)), ["b", "n"]
    )

"""A key goes only from variables that are for keys, to where its owner said, and into no message."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscast.errors import VoiceError
from newscast.speech.engines.openai import OpenAI, confirm_key
from newscast.speech.keys import confirm, key_for, mask
from newscast.speech.voices import Voice

KEY = "sk-proj-Ab3dEf7hIj+/=Kl9nOp2"
CARD = {"url": "https://suara.example/v1", "model": "m", "voice": "v"}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSCAST_DATA", str(tmp_path))
    monkeypatch.delenv("NEWSCAST_CONFIRMED", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def voice(**options: str) -> Voice:
    return Voice(id="dora", name="Dora", engine="openai", license="none", options={**CARD, **options})


@pytest.mark.parametrize(
    "name", ["AWS_SECRET_ACCESS_KEY", "HOME", "GITHUB_TOKEN", "_API_KEY", "X_API_KEY\n", "openai_api_key"]
)
def test_no_card_can_name_another_variable(name: str) -> None:
    with pytest.raises(VoiceError, match="key_env"):
        OpenAI(voice(key_env=name))


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "NEWSCAST_DORA"])
def test_a_key_goes_nowhere_until_its_owner_says_so_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, KEY)
    with pytest.raises(VoiceError, match=rf"{name} sent to https://suara\.example, which nobody") as caught:
        OpenAI(voice(key_env=name))
    assert "newscast voices confirm dora" in caught.value.hint
    assert confirm_key(voice(key_env=name)) == (name, "https://suara.example")
    assert OpenAI(voice(key_env=name))
    assert OpenAI(voice(key_env=name, url="https://SUARA.example/v2"))


@pytest.mark.parametrize(
    "url", ["https://lain.example/v1", "http://suara.example/v1", "https://suara.example:8443/v1"]
)
def test_what_was_confirmed_holds_for_that_server_alone(url: str) -> None:
    confirm("OPENAI_API_KEY", CARD["url"])
    assert OpenAI(voice())
    for other in (voice(url=url), voice(url=CARD["url"], key_env="NEWSCAST_X")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NEWSCAST_X", KEY)
            with pytest.raises(VoiceError, match="nobody has confirmed"):
                OpenAI(other)


def test_without_a_key_nothing_needs_to_be_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    assert OpenAI(voice())


def test_a_machine_that_nobody_logs_in_to_is_told_by_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "NEWSCAST_CONFIRMED", "A_API_KEY=https://a.example OPENAI_API_KEY=https://suara.example"
    )
    assert key_for("OPENAI_API_KEY", CARD["url"], "dora") == KEY


@pytest.mark.parametrize("kept", [b"", b"{", b"7", b"[[1]]", b"\xff"])
def test_a_spoilt_list_confirms_nothing(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "confirmed.json").write_bytes(kept)
    with pytest.raises(VoiceError, match="nobody has confirmed"):
        OpenAI(voice())


@pytest.mark.parametrize(
    "echo",
    [
        KEY,
        f"Bearer {KEY}",
        KEY[:12],
        KEY[-7:],
        f"{KEY[:8]}****{KEY[-4:]}",
        json.dumps(KEY).replace("/", "\\/"),
        "".join(f"\\u{ord(sign):04x}" for sign in KEY),
        KEY.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"),
        " ".join(KEY),
        "-".join(KEY[i : i + 3] for i in range(0, len(KEY), 3)),
    ],
)
def test_a_key_that_comes_back_is_masked_in_whole_and_in_part(echo: str) -> None:
    told = mask(f"Voice not found. You sent {echo}, use pf_dora.", KEY)
    assert not any(KEY[i : i + 4] in told for i in range(len(KEY) - 3))
    letters = "".join(filter(str.isalnum, KEY))
    squeezed = "".join(filter(str.isalnum, told))
    assert not any(letters[i : i + 8] in squeezed for i in range(len(letters) - 7))


def test_what_holds_no_key_is_told_as_it_is() -> None:
    said = "Voice 'sari' not found. Available voices: af_heart, pf_dora."
    assert mask(said, KEY) == mask(said, "") == said


@given(st.text(max_size=80), st.text("abcdefghij", min_size=8, max_size=40))
def test_masking_never_fails_and_never_tells(text: str, key: str) -> None:
    told = mask(f"{text}{key}{text}", key)
    assert not any(key[i : i + 4] in told for i in range(len(key) - 3))


def test_base64_of_a_key_is_not_looked_for_but_no_server_sends_it() -> None:
    """The limit of what `mask` knows, written down."""
    coded = base64.b64encode(KEY.encode()).decode()
    assert coded in mask(coded, KEY)
